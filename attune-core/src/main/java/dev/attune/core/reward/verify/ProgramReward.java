package dev.attune.core.reward.verify;

import dev.attune.core.provider.ProviderSettings;
import dev.attune.core.reward.RewardFunction;
import dev.attune.core.reward.RewardProvider;
import dev.attune.core.reward.RewardSetup;
import dev.attune.core.reward.Sandbox;
import dev.attune.core.reward.Scored;
import dev.attune.core.reward.VerifiableReward;
import dev.attune.core.text.PromptCompletion;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * 1 if a program that reads the completion exits with status 0, else 0. A program that uses up its time or output is a
 * failure of the completion, 0, of the kind LIMIT; one that cannot be started gives no score.
 *
 * @param command the executable and its arguments
 * @param testColumn a column of the row that follows the completion in the program's input, such as unit tests; null for
 *     none
 * @param extraction the part of the completion that the program reads
 */
public record ProgramReward(
        Sandbox sandbox,
        List<String> command,
        Sandbox.Limits limits,
        @Nullable String testColumn,
        Extraction extraction)
        implements VerifiableReward {
    @Override
    public String name() {
        return "program";
    }

    @Override
    public Scored judge(PromptCompletion sample) {
        String part = extraction.of(sample.completion());
        if (part == null) {
            return Scored.of(0, extraction.missing());
        }
        String input = part;
        if (testColumn != null) {
            Object tests = sample.columns().get(testColumn);
            if (tests == null) {
                return Scored.undecided("no column '" + testColumn + "'");
            }
            input = part + "\n" + tests;
        }
        Sandbox.Result result = sandbox.run(new Sandbox.Program(command, Map.of(), input, limits));
        return switch (result.ending()) {
            case EXITED -> Scored.verdict(result.exitStatus() == 0, "exit status " + result.exitStatus());
            case TIME -> Scored.limit(0, "killed after " + limits.time().toMillis() + " ms");
            case OUTPUT -> Scored.limit(0, "killed after " + limits.outputBytes() + " bytes of output");
            case NOT_STARTED -> Scored.fault("the program cannot be started: " + result.output());
        };
    }

    /**
     * Settings: {@code command}, separated by spaces; {@code seconds} (default 5); {@code output_bytes} (default 65536);
     * {@code test_column}; {@code after}, {@code fenced} as for exact_answer.
     */
    public static final class Provider implements RewardProvider {
        @Override
        public String name() {
            return "program";
        }

        @Override
        public RewardFunction open(RewardSetup setup) {
            ProviderSettings settings = setup.settings();
            settings.requireKnown(Set.of("command", "seconds", "output_bytes", "test_column", "after", "fenced"));
            String command =
                    settings.required("command", "a program and its arguments").strip();
            if (command.isEmpty()) {
                throw settings.invalid("command", "an empty text", "a program and its arguments");
            }
            long milliseconds = Math.round(1000 * settings.number("seconds", 5, 0.01, 3600));
            int bytes = (int) settings.number("output_bytes", 1 << 16, 1, 1 << 30);
            return new ProgramReward(
                    setup.sandbox(),
                    List.of(command.split("\\s+")),
                    new Sandbox.Limits(Duration.ofMillis(milliseconds), bytes),
                    settings.text("test_column"),
                    Extraction.read(settings));
        }
    }
}
