package dev.attune.feedback.judge.prompt;

import java.util.List;
import java.util.Optional;

/**
 * The room for judged answers in a judge's prompt. Answers that are too long together are cut alike: each keeps the same
 * share of its characters from the beginning, and is marked.
 *
 * @param characters for all answers of a prompt together; English text has about four per token
 */
public record AnswerLimit(int characters) {
    /** No limit. */
    public static final AnswerLimit NONE = new AnswerLimit(Integer.MAX_VALUE);

    /** The end of an answer that was cut. */
    public static final String MARK = "\n[... the rest of this answer is left out]";

    /** Less of an answer than this share is not worth a verdict. */
    private static final double MIN_SHARE = 0.25;

    public AnswerLimit {
        if (characters < 1) {
            throw new IllegalArgumentException("room for " + characters + " characters");
        }
    }

    /** The answers as they fit, all or none of them cut; empty if less than a quarter of them would be left. */
    public Optional<List<String>> fit(List<String> answers) {
        long all = answers.stream().mapToLong(String::length).sum();
        if (all <= characters) {
            return Optional.of(List.copyOf(answers));
        }
        double share = (double) characters / all;
        return share < MIN_SHARE
                ? Optional.empty()
                : Optional.of(answers.stream().map(answer -> cut(answer, share)).toList());
    }

    private static String cut(String answer, double share) {
        int end = (int) (answer.length() * share);
        boolean halfCharacter = end > 0 && end < answer.length() && Character.isHighSurrogate(answer.charAt(end - 1));
        return answer.substring(0, halfCharacter ? end - 1 : end) + MARK;
    }
}
