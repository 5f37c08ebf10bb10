package dev.attune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChatCommandTest {
    private static final String QUESTION = "Where does the baker live?";

    @TempDir
    private static Path folder;

    private static String model;

    @BeforeAll
    static void makeModel() {
        model = TestModels.base(folder).toString();
    }

    private static CommandLineRun chat(String typed, String... options) {
        String[] arguments = new String[options.length + 5];
        System.arraycopy(new String[] {"chat", model, "--greedy", "--max-new-tokens", "24"}, 0, arguments, 0, 5);
        System.arraycopy(options, 0, arguments, 5, options.length);
        return CommandLineRun.withInput(typed, arguments);
    }

    @Test
    void eachLineIsAnsweredAndNewStartsAgain() {
        String answer = CommandLineRun.of(
                        "generate", model, "--chat", "--prompt", QUESTION, "--greedy", "--max-new-tokens", "24")
                .out();
        CommandLineRun run = chat(QUESTION + "\n\n/new\n" + QUESTION + "\n/quit\nnever read\n");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).isEqualTo(answer.strip() + "\n" + answer.strip() + "\n");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void theEndOfInputEndsIt() {
        CommandLineRun run = chat("");
        assertThat(run.status()).isZero();
        assertThat(run.out()).isEmpty();
    }

    @Test
    void whatTheModelCannotTakeIsNamed() {
        CommandLineRun system = chat("", "--system", "You bake.");
        assertThat(system.status()).isEqualTo(2);
        assertThat(system.lastError()).contains("chat_template", "roles user and assistant alone");
    }
}
