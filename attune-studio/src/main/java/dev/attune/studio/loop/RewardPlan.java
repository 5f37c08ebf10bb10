package dev.attune.studio.loop;

import dev.attune.core.error.BadInputException;
import dev.attune.core.feedback.Ranking;
import dev.attune.core.io.AtomicFiles;
import dev.attune.core.json.Json;
import dev.attune.feedback.run.Run;
import dev.attune.feedback.run.Runs;
import dev.attune.feedback.store.Project;
import dev.attune.feedback.store.Rankings;
import dev.attune.feedback.store.Store;
import dev.attune.studio.run.RunPlace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Queues a run that trains a reward model on a project's rankings. */
public final class RewardPlan {
    public static final String METHOD = "reward";

    /** The chat templates to choose from, as in recipes; the first is the model's own. */
    public static final List<String> TEMPLATES = List.of("", "plain", "human-assistant", "chatml");

    /** A batch of the recipe, in prompts. */
    private static final int ROWS = 16;

    private static final int PASSES = 3;

    private final Rankings rankings;
    private final Runs runs;
    private final RunFolders folders;
    private final RecipeCheck check;

    /** @param root the folder of all runs */
    public RewardPlan(Store store, Path root, RecipeCheck check) {
        this.rankings = new Rankings(store);
        this.runs = new Runs(store);
        this.folders = new RunFolders(root);
        this.check = check;
    }

    /**
     * The settings of a run.
     *
     * @param criterion whose rankings are used; empty for all, each with separate pairs
     * @param template chat template; empty for the model's own
     */
    public record Choice(String model, String criterion, String template, int steps, long seed) {}

    /** The number of steps for a few epochs over the prompts. */
    public static int steps(long rankedPrompts) {
        return (int) Math.max(10, Math.min(1000, PASSES * (rankedPrompts + ROWS - 1) / ROWS));
    }

    /**
     * Writes the rankings and the recipe, and puts the run into the queue.
     *
     * @throws BadInputException if there are no rankings, or the recipe would be invalid
     */
    public Run queue(Project project, Choice choice, String author) throws IOException {
        List<Ranking> chosen = rankings.of(project.id()).stream()
                .filter(ranking ->
                        choice.criterion().isEmpty() || ranking.criterion().equals(choice.criterion()))
                .toList();
        if (chosen.isEmpty()) {
            throw BadInputException.at(
                    "project '" + project.name() + "'", "no rankings", "at least one ranking", "rank first");
        }
        long prompts = chosen.stream().map(Ranking::prompt).distinct().count();
        RunPlace unwritten = new RunPlace(folders.root().resolve("new"));
        check.complete("recipe", recipe(unwritten, choice, prompts));
        RunPlace place = folders.make(project, METHOD);
        Run.Material material = RunFolders.write(
                data(place),
                "rankings",
                chosen,
                Map.of(
                        "project",
                        project.name(),
                        "criterion",
                        choice.criterion().isEmpty() ? "all" : choice.criterion()));
        AtomicFiles.write(place.recipe(), check.complete("recipe", recipe(place, choice, prompts)));
        return runs.add(
                new Run.Plan(project.id(), METHOD, null, material),
                place.folder().toString(),
                author);
    }

    private static Path data(RunPlace place) {
        return place.folder().resolve("rankings.jsonl");
    }

    /** The recipe; a tenth of the prompts is held out, or a fifth if there are few. */
    private static String recipe(RunPlace place, Choice choice, long prompts) {
        int often = Math.max(1, choice.steps() / 10);
        return """
                method: reward
                model: %s
                template: %s
                data: {path: %s, format: rankings}
                batch: {rows: %d}
                steps: %d
                evaluate: {every: %d, split: %s}
                checkpoint: {every: %d, keep: 2}
                seed: %d
                """.formatted(
                        Json.line(choice.model()),
                        choice.template().isEmpty() ? "null" : Json.line(choice.template()),
                        Json.line(data(place).toString()),
                        ROWS,
                        choice.steps(),
                        often,
                        prompts < 100 ? "0.2" : "0.1",
                        Math.max(often, 5),
                        choice.seed());
    }
}
