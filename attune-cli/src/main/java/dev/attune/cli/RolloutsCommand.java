package dev.attune.cli;

import dev.attune.cli.command.BaseCommand;
import dev.attune.cli.terminal.Table;
import dev.attune.core.chart.Html;
import dev.attune.core.error.BadInputException;
import dev.attune.core.json.Json;
import dev.attune.core.rollout.Rollout;
import dev.attune.core.rollout.RolloutFiles;
import dev.attune.core.rollout.TokenText;
import dev.attune.core.run.RolloutFolder;
import dev.attune.core.run.RunFolder;
import dev.attune.core.text.Message;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code attune rollouts}: the stored rollouts of a run. */
@Command(
        name = "rollouts",
        description = "Inspect the rollouts that a run kept.",
        footer = {"", "Example:", "  attune rollouts show runs/quickstart/round-1/ppo 3"},
        subcommands = {RolloutsCommand.Show.class})
final class RolloutsCommand extends BaseCommand {
    @Override
    protected int run() {
        throw BadInputException.at("attune rollouts", "no subcommand", "show", "write 'attune rollouts show RUN N'");
    }

    /** {@code rollouts show RUN N}. */
    @Command(
            name = "show",
            description = {
                "Show a rollout step by step: each token with its log-probabilities under policy and reference, the KL"
                        + " estimate, the critic's value, reward, advantage and return.",
                "Environment tokens, which are not the policy's actions, are marked."
            },
            footer = {"", "Example:", "  attune rollouts show runs/stories/ppo 0 --step 20"})
    static final class Show extends BaseCommand {
        @Parameters(index = "0", paramLabel = "RUN", description = "Run directory.")
        private Path directory;

        @Parameters(
                index = "1",
                paramLabel = "N",
                arity = "0..1",
                defaultValue = "0",
                description = "Index of the rollout, from 0 (default: 0).")
        private int number;

        @Option(
                names = "--step",
                paramLabel = "STEP",
                description = "Training step of the rollout (default: the latest with rollouts).")
        private @Nullable Integer step;

        @Option(names = "--json", description = "Print the rollout as it is stored.")
        private boolean json;

        @Override
        protected int run() {
            RunFolder run = RunFolder.open(directory);
            Path file = RolloutFolder.of(run).file(step);
            Rollout rollout = RolloutFiles.read(file, number);
            if (json) {
                out().println(Json.line(rollout));
            } else {
                print(file, rollout, run);
            }
            return 0;
        }

        private void print(Path file, Rollout rollout, RunFolder run) {
            out().println(file + ", rollout " + number);
            for (Message message : rollout.prompt().messages()) {
                out().println(message.role() + ": " + message.content());
            }
            out().println("completion: " + rollout.completion());
            out().printf(
                            "score %s, sequence KL %s nats, ended by %s%n",
                            Html.number(rollout.score()), Html.number(rollout.sequenceKl()), rollout.stop());
            rollout.scores().forEach((name, score) -> out().println("  " + name + ": " + Html.number(score)
                    + because(rollout.reasons().get(name))));
            if (rollout.fault() != null) {
                out().println("fault: the environment " + rollout.fault() + "; nothing was learned from this episode");
            }
            out().println();
            if (!rollout.turns().isEmpty()) {
                out().print(turns(rollout));
                out().println();
            }
            try (RunTokenNames names = new RunTokenNames()) {
                out().print(table(rollout, names.of(run, rollout.tokens())));
            }
        }

        /** An episode as its environment saw it. */
        private static String because(@Nullable String reason) {
            return reason == null ? "" : ", " + reason;
        }

        private static Table turns(Rollout rollout) {
            Table table = Table.of(">turn", "state", "action", "tokens", ">reward", "");
            int number = 1;
            for (Rollout.Turn turn : rollout.turns()) {
                table.row(
                        number++,
                        TokenText.visible(turn.state()),
                        TokenText.visible(turn.action()),
                        turn.from() + " to " + (turn.to() - 1),
                        Html.number(turn.reward()),
                        turn.note());
            }
            return table;
        }

        private static Table table(Rollout rollout, List<String> names) {
            Table table = Table.of(
                    ">t", "token", "", ">log p", ">log p ref", ">kl", ">value", ">reward", ">advantage", ">return");
            for (int t = 0; t < rollout.tokens().length; t++) {
                table.row(
                        t,
                        TokenText.visible(names.get(t)),
                        rollout.mask()[t] == 1 ? "" : "environment",
                        number(rollout, rollout.logprobs(), t),
                        number(rollout, rollout.referenceLogprobs(), t),
                        number(rollout, rollout.kl(), t),
                        number(rollout, rollout.values(), t),
                        number(rollout, rollout.rewards(), t),
                        number(rollout, rollout.advantages(), t),
                        number(rollout, rollout.returns(), t));
            }
            return table;
        }

        /** Empty for tokens of the environment, which have none of these values. */
        private static String number(Rollout rollout, float @Nullable [] values, int t) {
            if (rollout.mask()[t] == 0) {
                return "";
            }
            if (values == null) {
                return "-";
            }
            return TokenText.number(values[t]);
        }
    }
}
