package dev.attune.cli.quickstart;

import dev.attune.cli.command.BaseCommand;
import dev.attune.cli.terminal.ProgressLine;
import dev.attune.cli.terminal.Table;
import dev.attune.core.error.BadInputException;
import dev.attune.core.io.AtomicFiles;
import dev.attune.core.json.Json;
import dev.attune.world.evaluation.Rate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code attune quickstart}. */
@Command(
        name = "quickstart",
        description = {
            "Run the whole RLHF loop on the built-in model and world, and write a report:",
            "sampling, ranking by simulated labelers, reward model, PPO, evaluation before and after."
        },
        footer = {"", "Examples:", "  attune quickstart", "  attune quickstart --rounds 2 --seed 7 --out runs/seven"})
public final class QuickstartCommand extends BaseCommand {
    private static final String SETTINGS = "quickstart.json";

    @Option(names = "--out", paramLabel = "DIR", description = "Output directory (default: runs/quickstart).")
    private Path out = Path.of("runs", "quickstart");

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of everything after pretraining (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "Number of rounds of feedback and PPO (default: ${DEFAULT-VALUE}).")
    private int rounds = 1;

    @Option(
            names = "--prompts",
            paramLabel = "N",
            description =
                    "Number of unanswerable prompts to rank, with twice as many answerable and half as many harmful ones"
                            + " (default: ${DEFAULT-VALUE}).")
    private int ranked = QuickstartOptions.RANKED;

    @Option(names = "--steps", paramLabel = "N", description = "Number of PPO steps (default: ${DEFAULT-VALUE}).")
    private int steps = QuickstartOptions.STEPS;

    @Option(
            names = "--evaluate",
            paramLabel = "N",
            description = "Number of held-out prompts of each kind for the evaluation (default: ${DEFAULT-VALUE}).")
    private int evaluated = QuickstartOptions.EVALUATED;

    @Option(
            names = "--kl-coefficient",
            paramLabel = "X",
            description = "Coefficient of the KL penalty; 0 for none (default: ${DEFAULT-VALUE}).")
    private double kl = QuickstartOptions.KL;

    @Option(
            names = "--criterion-models",
            description = "Train one reward model per criterion and sum them, instead of merging by precedence.")
    private boolean criterionModels;

    @Option(names = "--json", description = "Print the figures as JSON.")
    private boolean json;

    @Override
    protected int run() throws Exception {
        QuickstartOptions options = new QuickstartOptions(
                out,
                seed,
                atLeastOne("--rounds", rounds),
                QuickstartOptions.COMPLETIONS,
                QuickstartOptions.LABELERS,
                atLeastOne("--prompts", ranked),
                QuickstartOptions.LEARNED,
                atLeastOne("--evaluate", evaluated),
                atLeastOne("--steps", steps),
                kl,
                criterionModels);
        Quickstart.requireUsable(out);
        requireSameSettings(options);
        QuickstartResult result = new Quickstart(options, new RecipeRun(err()), err()).run();
        if (json) {
            json(result.asJson(out));
        } else {
            print(result);
        }
        return 0;
    }

    private static int atLeastOne(String name, int value) {
        if (value < 1) {
            throw BadInputException.at(name, String.valueOf(value), "at least 1", "give a larger number");
        }
        return value;
    }

    /** Requires the settings with which the folder was started; the number of rounds may be larger. */
    private void requireSameSettings(QuickstartOptions options) throws IOException {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("seed", options.seed());
        settings.put("ranked", options.ranked());
        settings.put("evaluated", options.evaluated());
        settings.put("steps", options.steps());
        settings.put("kl", options.kl());
        settings.put("criterion_models", options.criterionModels());
        String text = Json.pretty(settings);
        Path file = out.resolve(SETTINGS);
        if (Files.exists(file) && !Files.readString(file).equals(text)) {
            throw BadInputException.at(
                    file.toString(),
                    "other settings",
                    "the settings of this call",
                    "name another --out, or repeat the settings");
        }
        AtomicFiles.write(file, text);
    }

    private void print(QuickstartResult result) {
        Map<String, Rate> before = result.before().rates();
        Map<String, Rate> after = result.after().rates();
        Table table = Table.of("", ">base model", ">trained policy", "");
        for (QuickstartResult.Headline line : QuickstartResult.HEADLINES) {
            table.row(line.name(), percent(before.get(line.key())), percent(after.get(line.key())), line.meaning());
        }
        out().println();
        out().print(table);
        out().printf(
                        "%nAll stages took %s, peak memory %d MB. The labelers and the judge are simulated.%nReport: %s%n",
                        ProgressLine.duration(result.seconds()),
                        result.peakBytes() / 1_000_000,
                        out.resolve("report.html"));
    }

    private static String percent(@Nullable Rate rate) {
        return rate == null ? "-" : String.format(Locale.ROOT, "%.1f %%", 100 * rate.value());
    }
}
