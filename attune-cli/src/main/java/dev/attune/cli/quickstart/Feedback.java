package dev.attune.cli.quickstart;

import dev.attune.core.data.DatasetConverter;
import dev.attune.core.data.ReadOptions;
import dev.attune.core.feedback.PairOptions;
import dev.attune.core.feedback.Precedence;
import dev.attune.core.feedback.Ranking;
import dev.attune.core.feedback.Votes;
import dev.attune.core.io.AtomicFiles;
import dev.attune.core.json.Json;
import dev.attune.core.model.TextModel;
import dev.attune.world.World;
import dev.attune.world.WorldPrompt;
import dev.attune.world.labeler.LabelingCriterion;
import dev.attune.world.labeler.SimulatedLabelers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** From prompts to preferences: the model samples, simulated labelers rank, rankings become pairs. */
final class Feedback {
    /** The set of pairs of all criteria, merged by precedence. */
    static final String MERGED = "all";

    private final QuickstartOptions options;
    private final Layout layout;

    Feedback(QuickstartOptions options, Layout layout) {
        this.options = options;
        this.layout = layout;
    }

    /** The names of the sets of pairs, each of which a reward model learns. */
    List<String> sets() {
        if (!options.criterionModels()) {
            return List.of(MERGED);
        }
        List<String> criteria = new ArrayList<>();
        for (LabelingCriterion criterion : LabelingCriterion.values()) {
            criteria.add(criterion.key());
        }
        return criteria;
    }

    /** K completions of every prompt, prompt by prompt. */
    List<List<String>> sample(TextModel model, List<WorldPrompt> prompts, long seed) {
        return Samples.of(model, prompts, options.completions(), seed);
    }

    /** Writes every labeler's ranking of every prompt under every criterion, and returns their number. */
    int rank(World world, int round, List<WorldPrompt> prompts, List<List<String>> completions, String model)
            throws IOException {
        SimulatedLabelers labelers = new SimulatedLabelers(world);
        List<Ranking> rankings = new ArrayList<>();
        for (int i = 0; i < prompts.size(); i++) {
            List<Ranking.Completion> texts = completions.get(i).stream()
                    .map(text -> new Ranking.Completion(text, model))
                    .toList();
            rankings.addAll(labelers.rank(prompts.get(i), texts, options.labelersPerPrompt(), options.seed() + round));
        }
        writeLines(layout.rankings(round), rankings);
        return rankings.size();
    }

    /** Writes the pairs of each set, as {@code attune data pairs} makes them, and returns their number. */
    Map<String, Long> derive(int round) {
        Map<String, Long> bySet = new LinkedHashMap<>();
        for (String set : sets()) {
            DatasetConverter.Conversion pairs = DatasetConverter.pairs(
                    layout.rankings(round), ReadOptions.defaults(), layout.preferences(round, set), choice(set));
            bySet.put(set, pairs.written());
        }
        return bySet;
    }

    /** Labelers vote on each pair; across criteria the guideline's precedence decides. */
    private static PairOptions choice(String set) {
        PairOptions majority = PairOptions.defaults().withVotes(Votes.MAJORITY);
        return set.equals(MERGED)
                ? majority.withPrecedence(Precedence.HARMLESS_HONEST_HELPFUL)
                : majority.withCriterion(set);
    }

    /** The options of {@code attune data pairs} that make the same choice. */
    static String choiceArguments(String set) {
        String precedence = String.join(",", Precedence.HARMLESS_HONEST_HELPFUL.criteria());
        return "--votes majority " + (set.equals(MERGED) ? "--precedence " + precedence : "--criterion " + set);
    }

    static void writePrompts(Path file, List<WorldPrompt> prompts) throws IOException {
        writeLines(
                file,
                prompts.stream()
                        .map(prompt -> {
                            Map<String, Object> line = new LinkedHashMap<>();
                            line.put("id", prompt.id());
                            line.put("prompt", prompt.toPrompt());
                            return line;
                        })
                        .toList());
    }

    static void writeLines(Path file, List<?> values) throws IOException {
        AtomicFiles.write(file, Json.lines(values));
    }
}
