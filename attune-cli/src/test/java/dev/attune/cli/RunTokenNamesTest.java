package dev.attune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.core.rollout.TokenText;
import dev.attune.core.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTokenNamesTest {
    /** Words begin with a mark, as Llama's do, and the first mark of a text is taken off. */
    private static final String MARKED = """
            {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [
              {"id": 0, "content": "<s>", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false,
               "special": true}],
             "normalizer": null, "pre_tokenizer": {"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": "first", "split": true},
             "post_processor": null,
             "decoder": {"type": "Sequence", "decoders": [
               {"type": "Replace", "pattern": {"String": "\u2581"}, "content": " "}, {"type": "ByteFallback"}, {"type": "Fuse"},
               {"type": "Strip", "content": " ", "start": 1, "stop": 0}]},
             "model": {"type": "BPE", "dropout": null, "unk_token": null, "fuse_unk": false, "byte_fallback": true,
               "vocab": {"<s>": 0, "\u2581the": 1, "mill": 2, "\u2581\u2581": 3, "<0xC3>": 4, "<0x0A>": 5, "\u2581": 6}, "merges": []}}
            """;

    @TempDir
    private Path folder;

    private List<String> names(String tokenizer, int... tokens) throws IOException {
        Path model = Files.createDirectories(folder.resolve("model"));
        Files.writeString(model.resolve("tokenizer.json"), tokenizer);
        Files.writeString(model.resolve("tokenizer_config.json"), "{}");
        Files.writeString(folder.resolve("recipe.yaml"), "method: ppo\n");
        try (RunTokenNames names = new RunTokenNames()) {
            return names.of(RunFolder.open(folder), tokens).stream()
                    .map(TokenText::visible)
                    .toList();
        }
    }

    @Test
    void spacesBeforeWordsAreKeptAndShown() throws IOException {
        assertThat(names(MARKED, 0, 1, 2, 3, 4, 5, 6))
                .containsExactly("<s>", "\u00b7the", "mill", "\u00b7\u00b7", "\ufffd", "\\n", "\u00b7");
    }

    @Test
    void withoutATokenizerTokensAreCalledByNumber() throws IOException {
        Files.writeString(folder.resolve("recipe.yaml"), "method: ppo\n");
        try (RunTokenNames names = new RunTokenNames()) {
            assertThat(names.of(RunFolder.open(folder), new int[] {7, 9})).containsExactly("7", "9");
        }
    }
}
