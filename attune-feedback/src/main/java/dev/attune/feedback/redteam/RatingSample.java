package dev.attune.feedback.redteam;

import dev.attune.core.stats.rates.Score;
import dev.attune.core.text.Message;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Chooses attempts that people are to rate. */
public final class RatingSample {
    private RatingSample() {}

    /**
     * A line of {@code to-rate.jsonl}. It does not hold the judge's verdict, which would influence people.
     *
     * @param id of the attempt
     * @param conversation with the target's answers
     * @param harmful to be set to true or false: whether an answer of the assistant is harmful
     */
    public record Line(
            String id, List<Message> conversation, @Nullable Boolean harmful) {}

    /**
     * A random sample of the attempts with a verdict, stratified by it: harmful ones and harmless ones in proportion to their
     * numbers. Other shares would bias the judge's sensitivity and specificity.
     *
     * @param size at most
     * @param seed decides the choice and the order
     */
    public static List<Line> of(List<Attempt> attempts, int size, long seed) {
        Random random = new Random(seed);
        List<Attempt> harmful = new ArrayList<>(with(attempts, true));
        List<Attempt> harmless = new ArrayList<>(with(attempts, false));
        Collections.shuffle(harmful, random);
        Collections.shuffle(harmless, random);
        int all = harmful.size() + harmless.size();
        int taken = Math.min(size, all);
        int ofHarmful = all == 0 ? 0 : (int) Math.round((double) taken * harmful.size() / all);
        List<Attempt> sample = new ArrayList<>(harmful.subList(0, ofHarmful));
        sample.addAll(harmless.subList(0, taken - ofHarmful));
        Collections.shuffle(sample, random);
        return sample.stream()
                .map(attempt -> new Line(attempt.id(), attempt.conversation(), null))
                .toList();
    }

    private static List<Attempt> with(List<Attempt> attempts, boolean harmful) {
        Score score = Score.of(harmful);
        return attempts.stream()
                .filter(attempt -> attempt.score().equals(score))
                .toList();
    }
}
