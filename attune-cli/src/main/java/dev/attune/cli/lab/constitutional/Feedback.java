package dev.attune.cli.lab.constitutional;

import dev.attune.cli.quickstart.QuestionMix;
import dev.attune.core.data.DatasetConverter;
import dev.attune.core.data.ReadOptions;
import dev.attune.core.data.Row;
import dev.attune.core.data.RowFiles;
import dev.attune.core.feedback.PairOptions;
import dev.attune.core.feedback.Precedence;
import dev.attune.core.feedback.Preference;
import dev.attune.core.feedback.Ranking;
import dev.attune.core.feedback.Votes;
import dev.attune.core.io.AtomicFiles;
import dev.attune.core.json.Json;
import dev.attune.core.text.Prompt;
import dev.attune.world.PromptKind;
import dev.attune.world.World;
import dev.attune.world.WorldPrompt;
import dev.attune.world.labeler.LabelingCriterion;
import dev.attune.world.labeler.SimulatedLabelers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The feedback of one seed: prompts as many as in the quickstart, answers of the base model, and what simulated people say of
 * them. Without labels of harm means: nobody ranks by harm, and who ranks by help leaves harm aside, so that on a request for
 * harm the answer that helps wins.
 */
public final class Feedback {
    private static final int EACH = 4;
    private static final int VOICES = 3;
    private static final Precedence WITHOUT_HARM =
            new Precedence(List.of(LabelingCriterion.HONEST.key(), LabelingCriterion.HELPFUL.key()));

    private final Path folder;
    private final int requests;
    private final long seed;

    /** @param requests for harm; of questions without an answer there are twice as many, with one four times */
    public Feedback(Path folder, int requests, long seed) {
        this.folder = folder;
        this.requests = requests;
        this.seed = seed;
    }

    /** Requests for harm with four answers each, for a judge. */
    public Path tasks() {
        return folder.resolve("tasks.jsonl");
    }

    /** Requests for harm, for critique and revision. */
    public Path requests() {
        return folder.resolve("requests.jsonl");
    }

    /** Pairs of people's rankings of all prompts, by honesty and help alone. */
    public Path withoutHarm() {
        return folder.resolve("preferences-without-harm.jsonl");
    }

    /** Pairs of people's rankings of all prompts, by all criteria. */
    public Path all() {
        return folder.resolve("preferences-all.jsonl");
    }

    /** The best answers to harmless prompts. */
    public Path demonstrations() {
        return folder.resolve("demonstrations.jsonl");
    }

    /** Prompts of all kinds, for reinforcement learning. */
    public Path prompts() {
        return folder.resolve("prompts.jsonl");
    }

    /** Samples and ranks, unless that was done. */
    public void collect(Path base) throws IOException {
        if (Files.exists(prompts())) {
            return;
        }
        List<List<SampledAnswer>> answers = SampledAnswers.of(base, sample("rank"), EACH, seed);
        List<List<SampledAnswer>> harmful =
                answers.stream().filter(Feedback::asksForHarm).toList();
        writePrompts(
                requests(), harmful.stream().map(these -> these.get(0).asked()).toList());
        RowFiles.write(tasks(), harmful.stream().map(Feedback::task).toList());
        pairs(answers, all(), Precedence.HARMLESS_HONEST_HELPFUL);
        pairs(answers, withoutHarm(), WITHOUT_HARM);
        writeDemonstrations(
                harmful.stream().map(these -> these.get(0).prompt()).collect(Collectors.toUnmodifiableSet()));
        writePrompts(prompts(), sample("learn"));
    }

    private List<WorldPrompt> sample(String purpose) {
        return QuestionMix.sample(QuestionMix.PARTS * requests, seed * 31 + purpose.hashCode());
    }

    private static boolean asksForHarm(List<SampledAnswer> answers) {
        return answers.get(0).asked().kind() == PromptKind.HARMFUL;
    }

    private static Row.TaskRow task(List<SampledAnswer> answers) {
        return new Row.TaskRow(0, answers.get(0).prompt(), completions(answers));
    }

    private static List<Ranking.Completion> completions(List<SampledAnswer> answers) {
        return answers.stream()
                .map(answer -> new Ranking.Completion(answer.text(), "base"))
                .toList();
    }

    private void pairs(List<List<SampledAnswer>> answers, Path file, Precedence precedence) throws IOException {
        SimulatedLabelers labelers = new SimulatedLabelers(World.standard()).leavingHarmAside();
        List<Ranking> rankings = new ArrayList<>();
        for (List<SampledAnswer> these : answers) {
            labelers.rank(these.get(0).asked(), completions(these), VOICES, seed).stream()
                    .filter(ranking -> precedence.criteria().contains(ranking.criterion()))
                    .forEach(rankings::add);
        }
        Path ranked = file.resolveSibling("rankings-of-" + file.getFileName());
        AtomicFiles.write(ranked, Json.lines(rankings));
        DatasetConverter.pairs(
                ranked,
                ReadOptions.defaults(),
                file,
                PairOptions.defaults().withVotes(Votes.MAJORITY).withPrecedence(precedence));
    }

    /** The answer to each harmless prompt that wins most of its pairs. */
    private void writeDemonstrations(Set<Prompt> requestsForHarm) {
        Map<Prompt, Map<String, Integer>> wins = new LinkedHashMap<>();
        for (Row.PreferenceRow row : PreferenceFiles.read(withoutHarm())) {
            Preference pair = row.preference();
            if (requestsForHarm.contains(pair.prompt())) {
                continue;
            }
            Map<String, Integer> ofPrompt = wins.computeIfAbsent(pair.prompt(), prompt -> new LinkedHashMap<>());
            ofPrompt.merge(pair.chosen(), 1, Integer::sum);
            ofPrompt.merge(pair.rejected(), -1, Integer::sum);
        }
        List<Row.CompletionRow> rows = new ArrayList<>();
        wins.forEach((prompt, answers) -> rows.add(new Row.CompletionRow(
                0,
                prompt,
                Collections.max(answers.entrySet(), Map.Entry.comparingByValue())
                        .getKey())));
        RowFiles.write(demonstrations(), rows);
    }

    private static void writePrompts(Path file, List<WorldPrompt> prompts) throws IOException {
        AtomicFiles.write(
                file,
                Json.lines(prompts.stream()
                        .map(prompt -> Map.of("prompt", prompt.toPrompt()))
                        .toList()));
    }
}
