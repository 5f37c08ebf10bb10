package dev.attune.model.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A child JVM that gets SIGTERM during a backward pass exits without a crash. */
class JvmExitTest {
    private static final int TERMINATED = 128 + 15;

    @TempDir
    Path folder;

    @Test
    void anExitWaitsForThePassThatRuns() throws Exception {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process child = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dattune.threads=1",
                        "-cp",
                        classPath,
                        JvmExitTest.class.getName()))
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = child.inputReader()) {
            assertThat(output.readLine()).isEqualTo("backward");
            child.destroy();
            assertThat(child.waitFor()).isEqualTo(TERMINATED);
        }
    }

    /** Runs long backward passes until it is ended. */
    public static void main(String[] arguments) {
        Tensor weight = Tensor.ones(32, 32).requireGrad(true);
        while (true) {
            try (Scope scope = Scope.open()) {
                Tensor x = weight;
                for (int i = 0; i < 20_000; i++) {
                    x = x.tanh();
                }
                Tensor sum = x.sum();
                System.out.println("backward");
                sum.backward();
            }
        }
    }
}
