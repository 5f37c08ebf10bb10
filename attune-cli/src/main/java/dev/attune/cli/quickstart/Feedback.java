package dev.attune.cli.quickstart;

import dev.attune.core.feedback.PairOptions;
import dev.attune.core.feedback.Precedence;
import dev.attune.core.feedback.Preference;
import dev.attune.core.feedback.Ranking;
import dev.attune.core.feedback.RankingPairs;
import dev.attune.core.feedback.Votes;
import dev.attune.core.io.AtomicFiles;
import dev.attune.core.json.Json;
import dev.attune.core.model.SamplingOptions;
import dev.attune.core.model.TextCompletion;
import dev.attune.core.model.TextModel;
import dev.attune.core.provenance.DataSource;
import dev.attune.world.World;
import dev.attune.world.WorldPrompt;
import dev.attune.world.labeler.Criterion;
import dev.attune.world.labeler.Labelers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** From prompts to preferences: the model samples, simulated labelers rank, rankings become pairs. */
final class Feedback {
    /** The set of pairs in which precedence decides among the criteria. */
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
        for (Criterion criterion : Criterion.values()) {
            criteria.add(criterion.key());
        }
        return criteria;
    }

    /** K completions of every prompt, prompt by prompt. */
    List<List<String>> sample(TextModel model, List<WorldPrompt> prompts, long seed) {
        List<WorldPrompt> repeated = prompts.stream()
                .flatMap(prompt -> Collections.nCopies(options.completions(), prompt).stream())
                .toList();
        List<TextCompletion> texts = model.complete(
                repeated.stream().map(WorldPrompt::toPrompt).toList(),
                SamplingOptions.sampling(QuickstartOptions.MAX_NEW_TOKENS, 1),
                seed);
        List<List<String>> grouped = new ArrayList<>();
        for (int i = 0; i < texts.size(); i += options.completions()) {
            grouped.add(texts.subList(i, i + options.completions()).stream()
                    .map(completion -> completion.text().strip())
                    .toList());
        }
        return grouped;
    }

    /** Every labeler's ranking of every prompt under every criterion, also written to the round's folder. */
    List<Ranking> rank(World world, int round, List<WorldPrompt> prompts, List<List<String>> completions, String model)
            throws IOException {
        Labelers labelers = new Labelers(world);
        List<Ranking> rankings = new ArrayList<>();
        for (int i = 0; i < prompts.size(); i++) {
            List<Ranking.Completion> texts = completions.get(i).stream()
                    .map(text -> new Ranking.Completion(text, model))
                    .toList();
            rankings.addAll(labelers.rank(prompts.get(i), texts, options.voices(), options.seed() + round));
        }
        writeLines(layout.rankings(round), rankings);
        return rankings;
    }

    /** The pairs of each set, written with what they were made from. */
    Map<String, List<Preference>> derive(int round, List<Ranking> rankings) throws IOException {
        Path from = layout.rankings(round);
        DataSource source = DataSource.of(from, "rankings", rankings.size(), rankings.size());
        PairOptions pairs = PairOptions.defaults().withVotes(Votes.MAJORITY);
        Map<String, List<Preference>> bySet = new LinkedHashMap<>();
        for (String set : sets()) {
            boolean merged = set.equals(MERGED);
            PairOptions choice = merged ? pairs.withPrecedence(Precedence.HARMLESS_HONEST_HELPFUL) : pairs;
            Predicate<Ranking> mine =
                    merged ? ranking -> true : ranking -> ranking.criterion().equals(set);
            List<Preference> derived =
                    RankingPairs.derive(rankings.stream().filter(mine).toList(), choice);
            Path file = layout.preferences(round, set);
            writeLines(file, derived);
            DataSource.recordDerived(
                    file, "prompt/chosen/rejected", derived.size(), choice.describe(), List.of(source));
            bySet.put(set, derived);
        }
        return bySet;
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
        AtomicFiles.write(
                file, values.stream().map(value -> Json.line(value) + "\n").collect(Collectors.joining()));
    }
}
