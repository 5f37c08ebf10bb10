package dev.attune.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddingExampleTest {
    @TempDir
    Path folder;

    @Test
    void theProgramOfTheDocsRuns() throws Exception {
        Path trained = folder.resolve("trained");
        EmbeddingExample.main(new String[] {TinyDirectory.model(folder).toString(), trained.toString()});
        assertThat(trained.resolve("model.safetensors")).exists();
    }

    @Test
    void theDocsShowTheProgramThatRuns() throws Exception {
        Path root = Path.of(System.getProperty("attune.root"));
        String docs = Files.readString(root.resolve("docs/embedding.md"));
        String source = Files.readString(
                root.resolve("attune-training/src/test/java/dev/attune/training/EmbeddingExample.java"));
        String program = source.substring(source.indexOf("import"));
        assertThat(docs).contains(program);
    }
}
