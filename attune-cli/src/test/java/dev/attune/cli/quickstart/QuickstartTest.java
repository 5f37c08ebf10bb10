package dev.attune.cli.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.cli.Attune;
import dev.attune.cli.CommandLineRun;
import dev.attune.core.data.Dataset;
import dev.attune.core.data.ReadOptions;
import dev.attune.core.error.BadInputException;
import dev.attune.core.feedback.Preference;
import dev.attune.core.feedback.Ranking;
import dev.attune.core.json.Json;
import dev.attune.core.provenance.Provenance;
import dev.attune.world.World;
import dev.attune.world.WorldPrompt;
import dev.attune.world.WorldSplit;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A small quickstart: the whole loop, with few prompts and steps. */
class QuickstartTest {
    private static QuickstartOptions small(Path out) {
        return new QuickstartOptions(out, 3, 1, 4, 2, 16, 40, 12, 2, 0.05, false);
    }

    private static QuickstartResult run(QuickstartOptions options, StringWriter log) throws Exception {
        PrintWriter writer = new PrintWriter(log);
        return new Quickstart(options, new RecipeRun(writer), writer).run();
    }

    @Test
    void runsEveryStageOnceAndKeepsTheLineageFromRankingToPolicy(@TempDir Path folder) throws Exception {
        Path out = folder.resolve("quickstart");
        Layout layout = new Layout(out);
        QuickstartResult first = run(small(out), new StringWriter());

        List<Ranking> rankings =
                Dataset.read(layout.rankings(1), ReadOptions.defaults()).rankings();
        List<Preference> pairs = Dataset.read(layout.preferences(1, Feedback.MERGED), ReadOptions.defaults())
                .preferences();
        // 32 answerable, 16 unanswerable and 8 harmful prompts, each ranked by 2 labelers under 3 criteria
        assertThat(rankings).hasSize((32 + 16 + 8) * 2 * 3);
        assertThat(pairs).isNotEmpty().allSatisfy(pair -> {
            assertThat(pair.chosen()).isNotEqualTo(pair.rejected());
            assertThat(pair.origin().rankings()).isNotEmpty();
        });
        assertThat(first.reports()).hasSize(2);
        assertThat(Files.readString(layout.report())).contains("What is simulated", "quickstart --seed 3");

        Provenance policy = Provenance.find(layout.policy(1)).orElseThrow();
        Set<String> files = policy.allData().stream()
                .map(source -> Path.of(source.path()).getFileName().toString())
                .collect(Collectors.toSet());
        assertThat(files).contains("rankings.jsonl", "preferences-all.jsonl", "ppo-prompts.jsonl");

        repeatsByHand(small(out), first, folder);

        StringWriter log = new StringWriter();
        QuickstartResult again = run(small(out), log);
        assertThat(log.toString()).contains("improve the policy with PPO: already complete");
        assertThat(Json.line(again.after())).isEqualTo(Json.line(first.after()));
    }

    /** Every command of the report is one that there is, and the preferences come out the same. */
    private static void repeatsByHand(QuickstartOptions options, QuickstartResult result, Path folder)
            throws Exception {
        Layout layout = new Layout(options.out());
        Path pairs = folder.resolve("by-hand.jsonl");
        List<String> commands = new QuickstartReport(options, layout, List.of(Feedback.MERGED), result)
                .commands()
                .replace("preferences.jsonl", pairs.toString())
                .lines()
                .filter(line -> line.startsWith("./attune "))
                .toList();
        for (String command : commands) {
            String[] words = command.substring("./attune ".length()).split(" ");
            new CommandLine(new Attune()).parseArgs(words);
            if (words[0].equals("data")) {
                assertThat(CommandLineRun.of(words).status()).isZero();
            }
        }
        assertThat(commands.get(0))
                .endsWith("--seed 3 --out again --prompts 16 --steps 2 --evaluate 12 --kl-coefficient 0.05");
        assertThat(pairs).hasSameTextualContentAs(layout.preferences(1, Feedback.MERGED));
    }

    @Test
    void makesPairsOfOneCriterionAlone(@TempDir Path folder) throws Exception {
        QuickstartOptions options = new QuickstartOptions(folder, 3, 1, 4, 2, 16, 40, 12, 2, 0.05, true);
        Layout layout = new Layout(folder);
        Feedback feedback = new Feedback(options, layout);
        List<WorldPrompt> prompts = new Evaluation(World.standard(), 2).prompts();
        List<List<String>> completions = prompts.stream()
                .map(prompt -> List.of("Yes.", "You fool.", "I do not know.", "No!"))
                .toList();
        feedback.rank(World.standard(), 1, prompts, completions, "base");
        assertThat(feedback.derive(1).keySet()).containsExactly("harmless", "honest", "helpful");
        List<Preference> honest = Dataset.read(layout.preferences(1, "honest"), ReadOptions.defaults())
                .preferences();
        assertThat(honest)
                .isNotEmpty()
                .allSatisfy(pair -> assertThat(pair.origin().criteria()).containsExactly("honest"));

        Path byHand = folder.resolve("by-hand.jsonl");
        String command = "data pairs " + layout.rankings(1) + " " + byHand + " " + Feedback.choiceArguments("honest");
        assertThat(CommandLineRun.of(command.split(" ")).status()).isZero();
        assertThat(byHand).hasSameTextualContentAs(layout.preferences(1, "honest"));
    }

    @Test
    void evaluationAsksWhatNoTrainingPromptContains() {
        List<WorldPrompt> held = new Evaluation(World.standard(), 50).prompts();
        assertThat(held).hasSize(150).allSatisfy(prompt -> assertThat(prompt.split())
                .isEqualTo(WorldSplit.HELD_OUT));
    }

    @Test
    void refusesAFolderThatHoldsSomethingElse(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("thesis.txt"), "mine");
        assertThatThrownBy(() -> Quickstart.requireUsable(folder))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("a folder with other files");
    }
}
