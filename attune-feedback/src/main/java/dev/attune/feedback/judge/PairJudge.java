package dev.attune.feedback.judge;

import dev.attune.core.stats.rates.UnscoredReason;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import dev.attune.feedback.judge.prompt.AnswerLimit;
import dev.attune.feedback.judge.prompt.PromptTemplate;
import dev.attune.feedback.judge.reply.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares two answers in both orders. With p the probability that the first shown answer is better, the verdict is
 * (p(A, B) + 1 - p(B, A)) / 2: a tie in one order and a win in the other give 0.75. If one order is unscored, so is the
 * pair.
 *
 * @param low soft labels: the verdict is at least this, 0 for none
 * @param high soft labels: the verdict is at most this, 1 for none
 */
public record PairJudge(String name, Rater rater, PromptTemplate template, AnswerLimit limit, double low, double high)
        implements Judge {
    /** The names of the two orders. */
    static final List<String> ORDERS = List.of("A, B", "B, A");

    private static final int PAIRS_TOGETHER = 32;

    public PairJudge {
        rater = PatientRater.of(rater);
        template.require(Set.of("question", "answer_a", "answer_b", "principle"));
        if (!(low >= 0 && low <= high && high <= 1)) {
            throw new IllegalArgumentException("soft labels from " + low + " to " + high);
        }
    }

    /** A judge with the default template, without limit and soft labels. */
    public static PairJudge of(String name, Rater rater) {
        return new PairJudge(name, rater, JudgePrompts.PAIR, AnswerLimit.NONE, 0, 1);
    }

    public PairJudge withTemplate(PromptTemplate value) {
        return new PairJudge(name, rater, value, limit, low, high);
    }

    public PairJudge withLimit(AnswerLimit value) {
        return new PairJudge(name, rater, template, value, low, high);
    }

    /** Bounds the verdicts, for example to [0.4, 0.6] as Constitutional AI does after a chain of thought. */
    public PairJudge withSoftLabels(double from, double to) {
        return new PairJudge(name, rater, template, limit, from, to);
    }

    @Override
    public Judgement judge(JudgedItem item, int sample) {
        return judgeAll(List.of(item), sample).get(0);
    }

    @Override
    public List<Judgement> judgeAll(List<JudgedItem> items, int sample) {
        return AskedTogether.judge(rater, items, sample, this::bothOrders, this::judgement);
    }

    @Override
    public int batch() {
        return rater.batches() ? PAIRS_TOGETHER : 1;
    }

    /** None if the answers are too long. */
    private List<Rater.Question> bothOrders(JudgedItem item) {
        item.requireAnswers(2);
        return limit.fit(item.answers())
                .map(fit -> List.of(
                        new Rater.Question(ORDERS.get(0), prompt(item, fit.get(0), fit.get(1))),
                        new Rater.Question(ORDERS.get(1), prompt(item, fit.get(1), fit.get(0)))))
                .orElse(List.of());
    }

    private Judgement judgement(JudgedItem item, List<Opinion> opinions) {
        if (opinions.isEmpty()) {
            Opinion none = Opinion.none(ORDERS.get(0), UnscoredReason.CUT_OFF, "the answers are too long");
            return new Judgement(name, item.principle(), none.verdict(), List.of(none));
        }
        return new Judgement(
                name,
                item.principle(),
                average(opinions.get(0).verdict(), opinions.get(1).verdict()),
                opinions);
    }

    private Prompt prompt(JudgedItem item, String a, String b) {
        return Prompt.chat(Message.user(template.fill(
                Map.of("question", item.asked(), "answer_a", a, "answer_b", b),
                Map.of("principle", item.principle(), "instruction", rater.instruction()),
                rater.form())));
    }

    private Verdict<Double> average(Verdict<Double> asGiven, Verdict<Double> swapped) {
        if (asGiven instanceof Verdict.Scored<Double> one && swapped instanceof Verdict.Scored<Double> two) {
            double mean = (one.value() + 1 - two.value()) / 2;
            return new Verdict.Scored<>(Math.max(low, Math.min(high, mean)), one.cut() || two.cut(), "");
        }
        return asGiven instanceof Verdict.Unscored ? asGiven : swapped;
    }
}
