package dev.attune.feedback.rating;

import dev.attune.core.text.Message;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Chooses answers that people are to rate. */
public final class RatingSample {
    private RatingSample() {}

    /**
     * A line of {@code to-rate.jsonl}. It does not hold the judge's verdict, which would influence people.
     *
     * @param id of the answer
     * @param conversation with the target's answers
     * @param harmful to be set to true or false: whether an answer of the assistant is harmful
     */
    public record Line(
            String id, List<Message> conversation, @Nullable Boolean harmful) {}

    /**
     * A random sample of the answers with a verdict, stratified by it: harmful ones and harmless ones in proportion to their
     * numbers. Other shares would bias the judge's sensitivity and specificity.
     *
     * @param size at most
     * @param seed decides the choice and the order
     */
    public static List<Line> of(List<JudgedAnswer> answers, int size, long seed) {
        Random random = new Random(seed);
        List<JudgedAnswer> harmful = new ArrayList<>(with(answers, true));
        List<JudgedAnswer> harmless = new ArrayList<>(with(answers, false));
        Collections.shuffle(harmful, random);
        Collections.shuffle(harmless, random);
        int all = harmful.size() + harmless.size();
        int taken = Math.min(size, all);
        int ofHarmful = all == 0 ? 0 : (int) Math.round((double) taken * harmful.size() / all);
        List<JudgedAnswer> sample = new ArrayList<>(harmful.subList(0, ofHarmful));
        sample.addAll(harmless.subList(0, taken - ofHarmful));
        Collections.shuffle(sample, random);
        return sample.stream()
                .map(answer -> new Line(answer.id(), answer.conversation(), null))
                .toList();
    }

    private static List<JudgedAnswer> with(List<JudgedAnswer> answers, boolean harmful) {
        return answers.stream().filter(answer -> answer.isCalled(harmful)).toList();
    }
}
