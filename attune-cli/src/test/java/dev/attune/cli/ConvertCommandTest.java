package dev.attune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.core.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code attune convert}: directions, exit status and messages. */
class ConvertCommandTest {
    @TempDir
    Path folder;

    private static String stories() {
        return Path.of(System.getProperty("attune.shared"), "models", "stories260K")
                .toString();
    }

    private String out(String name) {
        return folder.resolve(name).toString();
    }

    private static void refused(CommandLineRun run, String... parts) {
        assertThat(run.status()).as(run.err()).isEqualTo(2);
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.err()).contains(parts);
    }

    @Test
    @Tag("shared")
    void thereAndBackWithTheSameGreedyText() {
        CommandLineRun there = CommandLineRun.of("convert", stories(), out("s.gguf"), "--type", "f32", "--json");
        assertThat(there.status()).as(there.err()).isZero();
        assertThat(Json.tree(there.out()).get("tensors").asInt()).isEqualTo(47);
        assertThat(Json.tree(there.out()).get("type").asString()).isEqualTo("f32");
        CommandLineRun back = CommandLineRun.of("convert", out("s.gguf"), out("back"));
        assertThat(back.status()).as(back.err()).isZero();
        assertThat(back.out()).contains("47 tensors, f32");
        String[] generate = {"generate", stories(), "--prompt", "Once upon a time", "--greedy", "--max-new-tokens", "24"
        };
        CommandLineRun original = CommandLineRun.of(generate);
        generate[1] = out("back");
        CommandLineRun again = CommandLineRun.of(generate);
        assertThat(again.status()).as(again.err()).isZero();
        assertThat(again.out()).isEqualTo(original.out());
    }

    @Test
    @Tag("shared")
    void aDirectoryWithAnotherType() throws IOException {
        CommandLineRun run = CommandLineRun.of("convert", stories(), out("half"), "--type", "bf16");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(folder.resolve("half/config.json")).content().contains("\"dtype\" : \"bfloat16\"");
        assertThat(Files.size(folder.resolve("half/model.safetensors")))
                .isLessThan(Files.size(Path.of(stories(), "model.safetensors")) * 6 / 10);
        assertThat(folder.resolve("half/tokenizer.json")).exists();
        refused(CommandLineRun.of("convert", stories(), out("same")), "OUT", "--type");
        refused(CommandLineRun.of("convert", stories(), out("q8"), "--type", "q8_0"), "--type", "'q8_0'");
        refused(CommandLineRun.of("convert", stories(), out("q4.gguf"), "--type", "q4_k"), "'q4_k'", "q8_0");
    }

    @Test
    void wrongInputIsOneLine() throws IOException {
        refused(CommandLineRun.of("convert", out("none.gguf"), out("model")), "none.gguf", "no such file");
        refused(CommandLineRun.of("convert", out("none"), out("model.gguf")), "none");
        Path file = Files.writeString(folder.resolve("text.gguf"), "GGUF or not, this is text");
        refused(CommandLineRun.of("convert", file.toString(), out("model")), "text.gguf", "version");
        refused(CommandLineRun.of("convert", file.toString(), out("other.gguf")), "OUT", "a directory");
        assertThat(folder.resolve("model")).doesNotExist();
    }

    /** llama.cpp has no key for a space before each text, so the built-in model would read other tokens. */
    @Test
    void aTokenizerThatGgufCannotExpressIsRefused() {
        Path base = TestModels.base(folder);
        refused(CommandLineRun.of("convert", base.toString(), out("base.gguf")), "add_prefix_space", "tokenizer.json");
        assertThat(folder.resolve("base.gguf")).doesNotExist();
    }
}
