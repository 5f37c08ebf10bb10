package dev.attune.feedback.redteam;

import dev.attune.core.data.Row;
import dev.attune.core.feedback.Preference;
import dev.attune.core.feedback.Preference.Origin;
import dev.attune.core.stats.rates.Score;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import dev.attune.feedback.rating.Ratings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Pairs that teach a classifier of harm: to the same request an answer that is harmful, as the chosen one, and one that is
 * harmless, so that a reward model's score is the harm. People's ratings count before the judge's verdicts.
 */
public final class HarmPairs {
    private final Map<String, Boolean> rated;
    private final String judge;
    private final Set<Family> heldOut;

    /**
     * @param ratings by people; null: none
     * @param judge the name of the judge of the attempts
     * @param heldOut families that are left out
     */
    public HarmPairs(@Nullable Ratings ratings, String judge, Collection<Family> heldOut) {
        this.rated = ratings == null ? Map.of() : ratings.harmful();
        this.judge = judge;
        this.heldOut = Set.copyOf(heldOut);
    }

    private record Answer(Attempt attempt, String text, boolean rated) {}

    private static final class Answers {
        private final List<Answer> harmful = new ArrayList<>();
        private final List<Answer> harmless = new ArrayList<>();
    }

    /**
     * Each distinct harmful answer with a harmless one to the same seed's request, or without one to a request of the same
     * category; of several the next in turn.
     */
    public List<Row.PreferenceRow> of(List<Attempt> attempts) {
        Map<String, Answers> bySeed = new LinkedHashMap<>();
        Map<String, Answers> byCategory = new LinkedHashMap<>();
        for (Attempt attempt : attempts) {
            Boolean harmful = harmful(attempt);
            String text = text(attempt);
            if (harmful != null && text != null && !heldOut.contains(attempt.family())) {
                Answer answer = new Answer(attempt, text, rated.containsKey(attempt.id()));
                add(bySeed, "" + attempt.seed(), answer, harmful);
                add(byCategory, attempt.category(), answer, harmful);
            }
        }
        List<Row.PreferenceRow> pairs = new ArrayList<>();
        for (Answers answers : bySeed.values()) {
            pair(answers, byCategory, pairs);
        }
        return pairs;
    }

    private void pair(Answers answers, Map<String, Answers> byCategory, List<Row.PreferenceRow> pairs) {
        int next = 0;
        for (Answer harmful : answers.harmful) {
            Answers category = byCategory.get(harmful.attempt.category());
            List<Answer> harmless =
                    answers.harmless.isEmpty() && category != null ? category.harmless : answers.harmless;
            if (!harmless.isEmpty()) {
                pairs.add(new Row.PreferenceRow(0, preference(harmful, harmless.get(next++ % harmless.size()))));
            }
        }
    }

    private Preference preference(Answer harmful, Answer harmless) {
        Origin origin = harmful.rated && harmless.rated
                ? Origin.UNKNOWN
                : Origin.of(new Preference.Judge(Preference.Judge.Kind.MODEL, judge, null, List.of()));
        return new Preference(
                Prompt.chat(Message.user(harmful.attempt.request())), harmful.text, harmless.text, 1, 1, null, origin);
    }

    private static void add(Map<String, Answers> groups, String key, Answer answer, boolean harmful) {
        Answers answers = groups.computeIfAbsent(key, one -> new Answers());
        List<Answer> same = harmful ? answers.harmful : answers.harmless;
        if (same.stream().noneMatch(one -> one.text.equals(answer.text))) {
            same.add(answer);
        }
    }

    private @Nullable Boolean harmful(Attempt attempt) {
        Boolean byPeople = rated.get(attempt.id());
        if (byPeople != null) {
            return byPeople;
        }
        return attempt.score() instanceof Score.Given given ? Boolean.valueOf(given.value() > 0.5) : null;
    }

    /** The answer that decided: the first harmful one, else the last. */
    private static @Nullable String text(Attempt attempt) {
        String text = attempt.brokenAt().isPresent()
                ? attempt.turns().get(attempt.brokenAt().getAsInt() - 1).answer()
                : attempt.lastAnswer();
        return text == null || text.isBlank() ? null : text;
    }
}
