package dev.attune.studio.loop;

import dev.attune.core.error.BadInputException;
import dev.attune.core.feedback.Ranking;
import dev.attune.core.io.AtomicFiles;
import dev.attune.core.json.Json;
import dev.attune.core.run.RecipeSettings;
import dev.attune.core.text.Prompt;
import dev.attune.feedback.run.Run;
import dev.attune.feedback.run.Runs;
import dev.attune.feedback.store.Project;
import dev.attune.feedback.store.Rankings;
import dev.attune.feedback.store.Store;
import dev.attune.feedback.store.Tasks;
import dev.attune.studio.run.RunPlace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Queues a run that trains a policy: on the project's prompts with a reward model from its rankings, or on the rankings
 * themselves.
 */
public final class PolicyPlan {
    private static final String RANKINGS = "rankings.jsonl";

    /** The project's prompts, which are written into the run's folder once it is queued. */
    private static final String PROMPTS = "prompts.jsonl";

    /** Keys whose values cannot name a file, a class or another machine. */
    private static final String SAFE_KEYS = "(generation|batch|critic|kl|optimizer|checkpoint|rollouts)\\..*"
            + "|steps|epochs|seed|precision|evaluate\\.(every|split|limit)|data\\.max_length|reward\\.\\d+\\.weight";

    private final Tasks tasks;
    private final Rankings rankings;
    private final Runs runs;
    private final RunFolders folders;
    private final RecipeCheck check;
    private final List<PolicyMethod> methods;

    /**
     * @param root the folder of all runs
     * @param methods to choose from, the usual one first
     */
    public PolicyPlan(Store store, Path root, RecipeCheck check, List<PolicyMethod> methods) {
        this.tasks = new Tasks(store);
        this.rankings = new Rankings(store);
        this.runs = new Runs(store);
        this.folders = new RunFolders(root);
        this.check = check;
        this.methods = List.copyOf(methods);
    }

    /** A prompt as a line of data. */
    private record PromptLine(Prompt prompt) {}

    /** The methods to choose from, the usual one first. */
    public List<PolicyMethod> methods() {
        return methods;
    }

    /**
     * The method of this name, or the usual one if it is empty.
     *
     * @throws BadInputException if no method of this name is offered
     */
    public PolicyMethod method(String name) {
        return methods.stream()
                .filter(method -> name.isEmpty() || method.name().equals(name))
                .findFirst()
                .orElseThrow(() -> BadInputException.at(
                        "method",
                        "'" + name + "'",
                        "one of " + methods.stream().map(PolicyMethod::name).collect(Collectors.joining(", ")),
                        "choose one"));
    }

    /**
     * What a policy is trained with.
     *
     * @param reward the run of the reward model, whose chat template is used too; may be null if the method does not sample
     * @param model initial model
     */
    public record Choice(PolicyMethod method, @Nullable Run reward, String model) {}

    /** The recipe to offer for editing. */
    public String recipe(Choice choice) {
        Run reward = choice.reward();
        String template =
                reward == null ? "null" : RunPlace.of(reward).run().settings().getOrDefault("template", "null");
        String start = """
                method: %s
                model: %s
                template: %s
                evaluate: {every: 10, split: 0.1}
                checkpoint: {every: 10, keep: 2}
                steps: 50
                seed: 7
                """.formatted(
                        choice.method().name(),
                        Json.line(choice.model()),
                        template.equals("null") ? "null" : Json.line(template));
        return check.complete("recipe", start + (choice.method().sampling() ? sampling(choice) : ranked()));
    }

    private static String sampling(Choice choice) {
        Run reward = Objects.requireNonNull(choice.reward());
        return """
                reference: %s
                reward:
                  - {model: %s, weight: 1.0}
                data: {path: %s, format: prompts}
                generation: {max_new_tokens: 48, temperature: 1.0}
                batch: {rollouts: 32, micro: 16}
                rollouts: {every: 10, keep: 32}
                """.formatted(
                        Json.line(choice.model()),
                        Json.line(RunPlace.of(reward).run().model().toString()),
                        PROMPTS);
    }

    private static String ranked() {
        return "data: {path: " + RANKINGS + ", format: rankings}\nbatch: {rows: 16, micro: 16}\n";
    }

    /**
     * Writes the data and the recipe, and puts the run into the queue.
     *
     * @param choice that the recipe was offered with
     * @param yaml the edited recipe
     * @param anything whether other models, data and classes than the offered ones are allowed
     * @throws BadInputException if the recipe is invalid, or changes other keys than allowed
     */
    public Run queue(Project project, Choice choice, String yaml, boolean anything, String author) throws IOException {
        String complete = check.complete("recipe", yaml);
        Map<String, String> wanted = RecipeSettings.of(complete);
        String method = choice.method().name();
        if (!method.equals(wanted.get("method"))) {
            throw BadInputException.at(
                    "recipe, key method", "'" + wanted.get("method") + "'", method, "change it back");
        }
        if (!anything) {
            requireSafeChanges(choice.method(), RecipeSettings.of(recipe(choice)), wanted);
        }
        RunPlace place = folders.make(project, RunFolders.plain(method));
        String file = choice.method().sampling() ? PROMPTS : RANKINGS;
        Path data = place.folder().resolve(file);
        Run.Material material = choice.method().sampling() ? writePrompts(project, data) : writeRankings(project, data);
        AtomicFiles.write(
                place.recipe(),
                file.equals(wanted.get("data.path"))
                        ? RecipeSettings.with(complete, "data", "path", data.toString())
                        : complete);
        Run reward = choice.method().sampling() ? choice.reward() : null;
        return runs.add(
                new Run.Plan(project.id(), method, reward == null ? null : reward.id(), material),
                place.folder().toString(),
                author);
    }

    private Run.Material writePrompts(Project project, Path data) throws IOException {
        List<PromptLine> prompts =
                tasks.prompts(project.id()).stream().map(PromptLine::new).toList();
        return RunFolders.write(data, "prompts", prompts, Map.of("project", project.name()));
    }

    private Run.Material writeRankings(Project project, Path data) throws IOException {
        List<Ranking> given = rankings.of(project.id());
        if (given.isEmpty()) {
            throw BadInputException.at(
                    "project '" + project.name() + "'", "no rankings", "at least one ranking", "rank first");
        }
        return RunFolders.write(data, "rankings", given, Map.of("project", project.name(), "criterion", "all"));
    }

    private static void requireSafeChanges(
            PolicyMethod method, Map<String, String> offered, Map<String, String> wanted) {
        Pattern safe = Pattern.compile(SAFE_KEYS + "|" + method.section() + "\\..*");
        Set<String> keys = new LinkedHashSet<>(offered.keySet());
        keys.addAll(wanted.keySet());
        for (String key : keys) {
            String before = offered.getOrDefault(key, "nothing");
            String after = wanted.getOrDefault(key, "nothing");
            if (!before.equals(after) && !safe.matcher(key).matches()) {
                throw BadInputException.at(
                        "recipe, key " + key, "'" + after + "'", "'" + before + "'", "change it back, or ask an admin");
            }
        }
    }
}
