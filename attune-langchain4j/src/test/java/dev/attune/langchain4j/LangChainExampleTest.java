package dev.attune.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.model.SmolLm2;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LangChainExampleTest {
    @Test
    @Tag("shared")
    void theProgramOfTheDocsRuns() {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            LangChainExample.main(new String[] {SmolLm2.directory().toString()});
        } finally {
            System.setOut(before);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("Berlin", "{\"city\":", "\n576\n", "outputTokenCount = 20");
    }

    @Test
    void theDocsShowTheProgramThatRuns() throws Exception {
        Path root = Path.of(System.getProperty("attune.root"));
        String docs = Files.readString(root.resolve("docs/langchain4j.md"));
        String source = Files.readString(
                root.resolve("attune-langchain4j/src/test/java/dev/attune/langchain4j/LangChainExample.java"));
        assertThat(docs).contains(source.substring(source.indexOf("import")));
    }
}
