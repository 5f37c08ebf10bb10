package dev.attune.model.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.error.BadInputException;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.tokenizer.HuggingFaceTokenizer;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.model.tokenizer.TokenizerSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Tokenizers and templates of model families as metadata, and back. */
@Tag("shared")
class TokenizerGgufTest {
    private static final Path SHARED = Path.of(System.getProperty("attune.shared"));
    private static final List<String> TEXTS = List.of(
            "Once upon a time, there was 1 dog and 12345 cats.",
            "  two spaces\n\n\ttabs and it's DON'T \r\n end  ",
            "Größe, naïve, 日本語 🙂 <think>a</think>",
            "<|im_start|>user\nHi<|im_end|><s>x</s>");

    @TempDir
    Path folder;

    private Path copy(Path from, Consumer<ObjectNode> change) throws IOException {
        Path to = folder.resolve("model");
        Files.createDirectories(to);
        ObjectNode json = (ObjectNode) JsonMapper.shared().readTree(from.resolve("tokenizer.json"));
        change.accept(json);
        Files.writeString(to.resolve("tokenizer.json"), json.toString());
        Files.copy(from.resolve("tokenizer_config.json"), to.resolve("tokenizer_config.json"));
        return to;
    }

    private static Path family(String name) {
        return SHARED.resolve("data/templates").resolve(name);
    }

    private static Metadata written(Path directory, int rows) {
        Metadata metadata = new Metadata("test.gguf");
        ModelConfig config = ModelConfig.llama()
                .vocabularySize(rows)
                .width(8)
                .mlpWidth(12)
                .layers(1)
                .heads(2)
                .tied(true)
                .tokens(null, 1, 0)
                .build();
        try (Tokenizer tokenizer = HuggingFaceTokenizer.load(directory)) {
            TokenizerExport.write(TokenizerSource.read(directory).orElseThrow(), tokenizer, config, metadata);
        }
        return metadata;
    }

    private Path readBack(Metadata metadata, int rows) throws IOException {
        Path out = Files.createDirectories(folder.resolve("back"));
        TokenizerImport.of(metadata, rows).write(out, 128);
        return out;
    }

    private void assertSameTokens(Path one, Path other) {
        try (Tokenizer before = HuggingFaceTokenizer.load(one);
                Tokenizer after = HuggingFaceTokenizer.load(other)) {
            for (String text : TEXTS) {
                assertThat(after.encodeWithSpecials(text)).as(text).isEqualTo(before.encodeWithSpecials(text));
                int[] ids = before.encode(text);
                assertThat(after.decodeRaw(ids)).isEqualTo(before.decodeRaw(ids));
            }
            assertThat(after.vocabulary()).isEqualTo(before.vocabulary());
            assertThat(after.controlTokens()).isEqualTo(before.controlTokens());
            assertThat(after.bosId()).isEqualTo(before.bosId());
            assertThat(after.eosId()).isEqualTo(before.eosId());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "smollm2, smollm, false",
        "qwen3, qwen2, false",
        "gemma-3, smollm, true",
        "llama-3.1, dbrx, true",
        "mistral-7b-v0.3, smollm, true",
        "zephyr, smollm, true"
    })
    void tokensComeBack(String name, String pre, boolean addBos) throws IOException {
        Metadata metadata = written(family(name), 1200);
        assertThat(metadata.text("tokenizer.ggml.model")).isEqualTo("gpt2");
        assertThat(metadata.text("tokenizer.ggml.pre")).isEqualTo(pre);
        assertThat(metadata.flag("tokenizer.ggml.add_bos_token", !addBos)).isEqualTo(addBos);
        assertThat(metadata.text("tokenizer.chat_template"))
                .isEqualTo(Files.readString(family(name).resolve("template.jinja")));
        Path back = readBack(metadata, 1200);
        assertSameTokens(family(name), back);
        assertThat(back.resolve("chat_template.jinja"))
                .hasSameTextualContentAs(family(name).resolve("template.jinja"));
    }

    /** With ignore_merges, as in Llama 3 itself, the name is another one. */
    @Test
    void wholeWordsWithoutMerging() throws IOException {
        Path model = copy(family("llama-3.1"), json -> ((ObjectNode) json.get("model")).put("ignore_merges", true));
        Metadata metadata = written(model, 1200);
        assertThat(metadata.text("tokenizer.ggml.pre")).isEqualTo("llama-bpe");
        assertSameTokens(model, readBack(metadata, 1200));
    }

    @Test
    void tokenTypes() {
        Metadata qwen = written(family("qwen3"), 1200);
        List<String> tokens = qwen.texts("tokenizer.ggml.tokens");
        List<Long> types = qwen.wholes("tokenizer.ggml.token_type");
        assertThat(tokens).hasSize(1200).hasSameSizeAs(types);
        assertThat(types.get(tokens.indexOf("<|im_end|>"))).isEqualTo(3);
        assertThat(types.get(tokens.indexOf("<think>"))).isEqualTo(4);
        assertThat(types.get(0)).isEqualTo(1);
        assertThat(tokens.get(1199)).isEqualTo("[PAD1199]"); // more rows than tokens
        assertThat(types.get(1199)).isEqualTo(5);
        Metadata stories = written(SHARED.resolve("models/stories260K"), 512);
        assertThat(stories.text("tokenizer.ggml.model")).isEqualTo("llama");
        List<Long> pieces = stories.wholes("tokenizer.ggml.token_type");
        assertThat(pieces.subList(0, 3)).containsExactly(2L, 3L, 3L);
        assertThat(pieces.subList(3, 259)).containsOnly(6L);
        assertThat(pieces.subList(259, 512)).containsOnly(1L);
    }

    @Test
    void storiesComeBack() throws IOException {
        Path stories = SHARED.resolve("models/stories260K");
        Path back = readBack(written(stories, 512), 512);
        try (Tokenizer before = HuggingFaceTokenizer.load(stories);
                Tokenizer after = HuggingFaceTokenizer.load(back)) {
            for (String text : List.of(TEXTS.get(0), "Größe, naïve, 日本語 🙂", "Lily</s>Tom", "the they them then")) {
                assertThat(after.encodeWithSpecials(text)).as(text).isEqualTo(before.encodeWithSpecials(text));
                assertThat(after.decode(after.encode(text))).isEqualTo(before.decode(before.encode(text)));
            }
        }
    }

    @Test
    void mergesAsPairsOrAsStrings() throws IOException {
        Path strings = copy(family("smollm2"), json -> {
            ObjectNode model = (ObjectNode) json.get("model");
            List<String> merges = Merges.read("", model);
            var array = model.putArray("merges");
            merges.forEach(array::add);
        });
        List<String> expected = written(family("smollm2"), 1200).texts("tokenizer.ggml.merges");
        assertThat(expected).hasSize(900).startsWith("Ġ t");
        assertThat(written(strings, 1200).texts("tokenizer.ggml.merges")).isEqualTo(expected);
    }

    private void refused(Consumer<ObjectNode> change, String... parts) throws IOException {
        try {
            Path model = copy(family("smollm2"), change);
            assertThatThrownBy(() -> written(model, 1200))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContainingAll(parts);
        } finally {
            Files.deleteIfExists(folder.resolve("model/tokenizer_config.json"));
        }
    }

    @Test
    void anUnknownSplitIsRefusedWithItsPattern() throws IOException {
        refused(
                json -> {
                    ObjectNode split = json.putObject("pre_tokenizer").put("type", "Split");
                    split.putObject("pattern").put("Regex", "\\p{L}+|\\d+");
                    split.put("behavior", "Isolated").put("invert", false);
                },
                "pre_tokenizer",
                "\\p{L}+|\\d+",
                "llama-bpe");
        refused(json -> json.putObject("pre_tokenizer").put("type", "Whitespace"), "Whitespace");
        refused(
                json -> json.set("pre_tokenizer", PreTokenizer.byteLevel(true).put("add_prefix_space", true)),
                "prefix");
        refused(json -> json.putObject("normalizer").put("type", "Lowercase"), "normalizer", "Lowercase");
    }

    /** After chat training the template ends turns with a token that is not the base model's EOS. */
    @Test
    void theEndOfTheTemplatesTurnIsAnEnd() throws IOException {
        Path model = copy(family("smollm2"), json -> {});
        Path config = model.resolve("tokenizer_config.json");
        Files.writeString(
                config,
                Files.readString(config)
                        .replaceAll("\"eos_token\":\\s*\"<\\|im_end\\|>\"", "\"eos_token\": \"<|endoftext|>\""));
        Metadata metadata = written(model, 1200);
        assertThat(metadata.natural("tokenizer.ggml.eos_token_id")).isZero();
        assertThat(metadata.natural("tokenizer.ggml.eot_token_id")).isEqualTo(2);
        Files.writeString(model.resolve("generation_config.json"), "{\"eos_token_id\": [2, 0, 1]}");
        Metadata three = written(model, 1200);
        assertThat(three.natural("tokenizer.ggml.eom_token_id")).isEqualTo(1);
        ObjectNode json = JsonMapper.shared().createObjectNode();
        RoleIds.write(three, 1200, json);
        assertThat(json.get("eos_token_id").toString()).isEqualTo("[0,2,1]");
        Files.writeString(model.resolve("generation_config.json"), "{\"eos_token_id\": [2, 0, 1, 5]}");
        assertThatThrownBy(() -> written(model, 1200)).hasMessageContaining("at most three");
    }

    @Test
    void theTemplateOfItsOwnFileGoesFirst() throws IOException {
        Path model = copy(family("smollm2"), json -> {});
        Files.writeString(model.resolve("chat_template.jinja"), "{{ messages[0]['content'] }}<|im_end|>");
        assertThat(written(model, 1200).text("tokenizer.chat_template"))
                .isEqualTo("{{ messages[0]['content'] }}<|im_end|>");
    }

    @Test
    void aSplitWithoutANameIsNotGuessedWhenReading() {
        for (String pre : new String[] {"default", "superb"}) {
            Metadata metadata = written(family("smollm2"), 1200).put("tokenizer.ggml.pre", pre);
            assertThatThrownBy(() -> TokenizerImport.of(metadata, 1200))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContainingAll("tokenizer.ggml.pre", "'" + pre + "'");
        }
        assertThatThrownBy(() -> TokenizerImport.of(written(family("smollm2"), 1200), 1000))
                .hasMessageContaining("1200 tokens")
                .hasMessageContaining("1000, the rows of the embedding");
        Metadata bert = written(family("smollm2"), 1200).put("tokenizer.ggml.model", "bert");
        assertThatThrownBy(() -> TokenizerImport.of(bert, 1200)).hasMessageContaining("'bert'");
    }

    /** token_type in another integer width is legal. */
    @Test
    void tokenTypesOfAnotherWidth() throws IOException {
        Metadata metadata = written(family("smollm2"), 1200);
        List<MetadataValue> bytes = metadata.wholes("tokenizer.ggml.token_type").stream()
                .<MetadataValue>map(type -> new MetadataValue.Whole(ValueType.UINT8, type))
                .toList();
        metadata.put("tokenizer.ggml.token_type", new MetadataValue.Items(ValueType.UINT8, bytes));
        assertSameTokens(family("smollm2"), readBack(metadata, 1200));
    }
}
