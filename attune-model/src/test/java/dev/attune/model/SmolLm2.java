package dev.attune.model;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * SmolLM2-135M-Instruct for tests tagged {@code shared}, of this module and of those that depend on its test jar. It is
 * unpacked once into the reactor's {@code target/models} folder (269 MB, a few seconds), by the first module that needs
 * it.
 */
public final class SmolLm2 {
    private static final String NAME = "SmolLM2-135M-Instruct";
    private static final List<String> FILES = List.of(
            "config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json", "model.safetensors");

    private SmolLm2() {}

    /** The folder of the fixture: the packed weights, and what transformers computes with them. */
    public static Path fixture() {
        return Path.of(System.getProperty("attune.shared"), "models", NAME);
    }

    /** golden.json of the fixture; its README says what it holds. */
    public static JsonNode golden() {
        return JsonMapper.shared().readTree(fixture().resolve("golden.json"));
    }

    /** The model's directory in Hugging Face's layout, with bfloat16 weights. */
    public static synchronized Path directory() {
        Path out = Path.of(System.getProperty("attune.root"), "target", "models", NAME);
        try {
            Path lock = out.resolveSibling(NAME + ".lock");
            Files.createDirectories(Objects.requireNonNull(out.getParent()));
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock held = channel.lock()) {
                if (!FILES.stream().allMatch(name -> Files.isRegularFile(out.resolve(name)))) {
                    unpack(out);
                }
            }
            return out;
        } catch (IOException e) {
            throw new IllegalStateException("cannot unpack " + fixture(), e);
        }
    }

    private static void unpack(Path out) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process process = new ProcessBuilder(
                        java.toString(),
                        "-Xmx512m",
                        fixture().resolve("Unpack.java").toString(),
                        fixture().toString(),
                        out.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
