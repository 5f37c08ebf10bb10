package dev.attune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.cli.process.OwnProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The process as a shell sees it. */
class MainTest {
    /** A JVM of its own with these arguments after the class's name. */
    static ProcessBuilder java(Class<?> main, String... arguments) {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dattune.threads=1",
                "-cp",
                classPath,
                main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    @Test
    void anotherProcessRunsThisMainClass() {
        assertThat(OwnProcess.command(List.of("-Xmx64m"), List.of("recipes", "list")))
                .endsWith(Main.class.getName(), "recipes", "list")
                .contains("-Xmx64m");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void resultsThatCannotBeWrittenAreAFailure() throws IOException, InterruptedException {
        Process process = java(Main.class, "recipes", "list")
                .redirectOutput(Path.of("/dev/full").toFile())
                .start();
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(err).isEqualTo("attune: standard output cannot be written: No space left on device\n");
    }
}
