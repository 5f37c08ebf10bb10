package dev.attune.cli;

import dev.attune.cli.report.Html;
import dev.attune.cli.runs.RolloutFolder;
import dev.attune.cli.runs.RunFolder;
import dev.attune.cli.terminal.Table;
import dev.attune.core.error.BadInputException;
import dev.attune.core.json.Json;
import dev.attune.core.rollout.Rollout;
import dev.attune.core.rollout.RolloutFiles;
import dev.attune.core.text.Message;
import dev.attune.model.tokenizer.HuggingFaceTokenizer;
import dev.attune.model.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code attune rollouts}: what a policy did, token by token. */
@Command(
        name = "rollouts",
        description = "Look at rollouts that a run kept.",
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
        @Parameters(index = "0", paramLabel = "RUN", description = "A run directory.")
        private Path directory;

        @Parameters(
                index = "1",
                paramLabel = "N",
                arity = "0..1",
                defaultValue = "0",
                description = "Which rollout, from 0.")
        private int number;

        @Option(names = "--step", paramLabel = "STEP", description = "Of which step (default: the last that was kept).")
        private @Nullable Integer step;

        @Option(names = "--json", description = "Print the rollout as it is stored.")
        private boolean json;

        @Override
        protected int run() {
            RunFolder run = RunFolder.open(directory);
            Path file = RolloutFolder.of(run).file(step);
            List<Rollout> rollouts = RolloutFiles.read(file);
            if (number < 0 || number >= rollouts.size()) {
                throw BadInputException.at(
                        file.toString(),
                        "no rollout " + number,
                        "a number from 0 to " + (rollouts.size() - 1),
                        "name one of these");
            }
            Rollout rollout = rollouts.get(number);
            if (json) {
                out().println(Json.line(rollout));
            } else {
                print(file, rollout, run.tokenizer());
            }
            return 0;
        }

        private void print(Path file, Rollout rollout, @Nullable Path model) {
            out().println(file + ", rollout " + number);
            for (Message message : rollout.prompt().messages()) {
                out().println(message.role() + ": " + message.content());
            }
            out().println("completion: " + rollout.completion());
            out().printf(
                            "score %s, sequence KL %s nats, ended by %s%n",
                            Html.number(rollout.score()), Html.number(rollout.sequenceKl()), rollout.stop());
            rollout.scores().forEach((name, score) -> out().println("  " + name + ": " + Html.number(score)));
            out().println();
            if (model != null) {
                try (Tokenizer tokenizer = HuggingFaceTokenizer.load(model)) {
                    out().print(table(rollout, id -> visible(tokenizer.decodeRaw(new int[] {id}))));
                }
            } else {
                out().print(table(rollout, Integer::toString));
            }
        }

        private static Table table(Rollout rollout, IntFunction<String> name) {
            Table table = Table.of(
                    ">t", "token", "", ">log p", ">log p ref", ">kl", ">value", ">reward", ">advantage", ">return");
            for (int t = 0; t < rollout.tokens().length; t++) {
                table.row(
                        t,
                        name.apply(rollout.tokens()[t]),
                        rollout.mask()[t] == 1 ? "" : "environment",
                        number(rollout.logprobs(), t),
                        number(rollout.referenceLogprobs(), t),
                        number(rollout.kl(), t),
                        number(rollout.values(), t),
                        number(rollout.rewards(), t),
                        number(rollout.advantages(), t),
                        number(rollout.returns(), t));
            }
            return table;
        }

        private static String number(float @Nullable [] values, int t) {
            if (values == null) {
                return "-";
            }
            String number = String.format(java.util.Locale.ROOT, "%.4f", values[t]);
            return number.equals("-0.0000") ? "0.0000" : number;
        }

        /** A token as one visible word: blanks and line feeds are shown. */
        private static String visible(String token) {
            return token.replace(' ', '\u00b7').replace("\n", "\\n").replace("\t", "\\t");
        }
    }
}
