package dev.attune.training.reward;

import dev.attune.core.feedback.PairOptions;
import dev.attune.core.feedback.Preference;
import dev.attune.core.feedback.Ranking;
import dev.attune.core.feedback.RankingPairs;
import dev.attune.core.text.Prompt;
import dev.attune.model.conversation.EncodedConversation;
import dev.attune.model.transformer.RewardSequence;
import dev.attune.training.batch.SequenceEncoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Converts preferences and rankings to one {@link Comparison} per prompt. */
public final class Comparisons {
    private final SequenceEncoder encoder;
    private final Map<Prompt, Builder> builders = new LinkedHashMap<>();

    private Comparisons(SequenceEncoder encoder) {
        this.encoder = encoder;
    }

    /** The preferences by prompt, in the order in which prompts first appear. */
    public static List<Comparison> ofPreferences(List<Preference> preferences, SequenceEncoder encoder) {
        Comparisons all = new Comparisons(encoder);
        preferences.forEach(all::add);
        return all.build();
    }

    /** The rankings by prompt, with the pairs that the options derive from them. */
    public static List<Comparison> ofRankings(List<Ranking> rankings, PairOptions options, SequenceEncoder encoder) {
        Comparisons all = new Comparisons(encoder);
        rankings.forEach(all::add);
        RankingPairs.derive(rankings, options).forEach(all::add);
        return all.build();
    }

    private void add(Preference preference) {
        Builder builder = builder(preference.prompt());
        Double margin = preference.margin();
        builder.pairs.add(new Comparison.Pair(
                builder.place(preference.chosen()),
                builder.place(preference.rejected()),
                preference.probability(),
                margin == null ? 0 : margin,
                preference.weight()));
    }

    private void add(Ranking ranking) {
        Builder builder = builder(ranking.prompt());
        List<Integer> places = ranking.completions().stream()
                .map(completion -> builder.place(completion.text()))
                .toList();
        List<List<Integer>> groups = ranking.order().stream()
                .map(group -> group.stream().map(places::get).distinct().toList())
                .toList();
        builder.rankings.add(new Comparison.Order(
                groups, ranking.unranked().stream().map(places::get).toList()));
    }

    private Builder builder(Prompt prompt) {
        return builders.computeIfAbsent(prompt, Builder::new);
    }

    private List<Comparison> build() {
        return builders.values().stream()
                .filter(builder -> !builder.pairs.isEmpty() || !builder.rankings.isEmpty())
                .map(Builder::build)
                .toList();
    }

    private final class Builder {
        private final Prompt prompt;
        private final Map<String, Integer> places = new LinkedHashMap<>();
        private final List<Comparison.Pair> pairs = new ArrayList<>();
        private final List<Comparison.Order> rankings = new ArrayList<>();

        Builder(Prompt prompt) {
            this.prompt = prompt;
        }

        int place(String completion) {
            return places.computeIfAbsent(completion, text -> places.size());
        }

        Comparison build() {
            List<RewardSequence> sequences = new ArrayList<>();
            List<Integer> lengths = new ArrayList<>();
            for (String completion : places.keySet()) {
                EncodedConversation sequence = encoder.scoring(prompt, completion);
                sequences.add(new RewardSequence(sequence.ids(), sequence.completionStart()));
                lengths.add(sequence.length() - sequence.completionStart());
            }
            return new Comparison(sequences, lengths, pairs, rankings);
        }
    }
}
