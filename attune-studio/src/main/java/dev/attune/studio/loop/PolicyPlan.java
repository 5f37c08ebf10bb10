package dev.attune.studio.loop;

import dev.attune.core.error.BadInputException;
import dev.attune.core.io.AtomicFiles;
import dev.attune.core.json.Json;
import dev.attune.core.run.RecipeSettings;
import dev.attune.core.text.Prompt;
import dev.attune.feedback.run.Run;
import dev.attune.feedback.run.Runs;
import dev.attune.feedback.store.Project;
import dev.attune.feedback.store.Store;
import dev.attune.feedback.store.Tasks;
import dev.attune.studio.run.RunPlace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Queues a PPO run with a reward model from a project's rankings, on the project's prompts. */
public final class PolicyPlan {
    public static final String METHOD = "ppo";

    /** The project's prompts, which are written into the run's folder once it is queued. */
    private static final String PROMPTS = "prompts.jsonl";

    /** Keys whose values cannot name a file, a class or another machine. */
    private static final Pattern SAFE_KEYS =
            Pattern.compile("(generation|batch|critic|ppo|kl|optimizer|checkpoint|rollouts)\\..*"
                    + "|steps|seed|precision|evaluate\\.(every|split|limit)|data\\.max_length|reward\\.\\d+\\.weight");

    private final Tasks tasks;
    private final Runs runs;
    private final RunFolders folders;
    private final RecipeCheck check;

    /** @param root the folder of all runs */
    public PolicyPlan(Store store, Path root, RecipeCheck check) {
        this.tasks = new Tasks(store);
        this.runs = new Runs(store);
        this.folders = new RunFolders(root);
        this.check = check;
    }

    /** A prompt as a line of data. */
    private record PromptLine(Prompt prompt) {}

    /** The recipe to offer for editing. */
    public String recipe(Run reward, String model) {
        RunPlace place = RunPlace.of(reward);
        String template = place.run().settings().getOrDefault("template", "null");
        return check.complete("recipe", """
                method: ppo
                model: %s
                reference: %s
                template: %s
                reward:
                  - {model: %s, weight: 1.0}
                data: {path: %s, format: prompts}
                generation: {max_new_tokens: 48, temperature: 1.0}
                batch: {rollouts: 32, micro: 16}
                kl: {coefficient: 0.05}
                evaluate: {every: 10, split: 0.1}
                checkpoint: {every: 10, keep: 2}
                rollouts: {every: 10, keep: 32}
                steps: 50
                seed: 7
                """.formatted(
                        Json.line(model),
                        Json.line(model),
                        template.equals("null") ? "null" : Json.line(template),
                        Json.line(place.run().model().toString()),
                        PROMPTS));
    }

    /**
     * Writes the prompts and the recipe, and puts the run into the queue.
     *
     * @param yaml the edited recipe
     * @param model that the recipe was offered with
     * @param anything whether other models, data and classes than the offered ones are allowed
     * @throws BadInputException if the recipe is invalid, or changes other keys than allowed
     */
    public Run queue(Project project, Run reward, String model, String yaml, boolean anything, String author)
            throws IOException {
        String complete = check.complete("recipe", yaml);
        Map<String, String> wanted = RecipeSettings.of(complete);
        if (!METHOD.equals(wanted.get("method"))) {
            throw BadInputException.at(
                    "recipe, key method", "'" + wanted.get("method") + "'", METHOD, "change it back");
        }
        if (!anything) {
            requireSafeChanges(RecipeSettings.of(recipe(reward, model)), wanted);
        }
        RunPlace place = folders.make(project, METHOD);
        List<PromptLine> prompts =
                tasks.prompts(project.id()).stream().map(PromptLine::new).toList();
        Path data = place.folder().resolve(PROMPTS);
        Run.Material material = RunFolders.write(data, "prompts", prompts, Map.of("project", project.name()));
        boolean ownPrompts = PROMPTS.equals(wanted.get("data.path"));
        AtomicFiles.write(
                place.recipe(), ownPrompts ? RecipeSettings.with(complete, "data", "path", data.toString()) : complete);
        return runs.add(
                new Run.Plan(project.id(), METHOD, reward.id(), material),
                place.folder().toString(),
                author);
    }

    private static void requireSafeChanges(Map<String, String> offered, Map<String, String> wanted) {
        Set<String> keys = new LinkedHashSet<>(offered.keySet());
        keys.addAll(wanted.keySet());
        for (String key : keys) {
            String before = offered.getOrDefault(key, "nothing");
            String after = wanted.getOrDefault(key, "nothing");
            if (!before.equals(after) && !SAFE_KEYS.matcher(key).matches()) {
                throw BadInputException.at(
                        "recipe, key " + key, "'" + after + "'", "'" + before + "'", "change it back, or ask an admin");
            }
        }
    }
}
