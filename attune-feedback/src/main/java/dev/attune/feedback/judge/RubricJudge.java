package dev.attune.feedback.judge;

import dev.attune.feedback.judge.reply.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * Scores a single answer by several criteria, each asked for alone. The verdict is the weighted mean of their scores; if a
 * criterion is unscored, so is the whole, because a mean over the rest would measure something else.
 *
 * @param single asks for each criterion, which comes after the item's principle
 */
public record RubricJudge(String name, ScoreJudge single, List<Criterion> criteria) implements Judge {
    /**
     * A criterion.
     *
     * @param weight in the mean, above 0
     * @param text what it asks for
     */
    public record Criterion(String name, double weight, String text) {
        public Criterion {
            if (!(weight > 0) || Double.isInfinite(weight)) {
                throw new IllegalArgumentException("the weight of " + name + " is " + weight);
            }
        }
    }

    public RubricJudge {
        criteria = List.copyOf(criteria);
        if (criteria.isEmpty()) {
            throw new IllegalArgumentException("a rubric without criteria");
        }
    }

    @Override
    public Judgement judge(JudgedItem item, int sample) {
        List<Opinion> opinions = new ArrayList<>();
        for (Criterion criterion : criteria) {
            String principle = (item.principle() + "\n" + criterion.name() + ": " + criterion.text()).strip();
            opinions.add(single.rate(criterion.name(), item, principle, sample));
        }
        return new Judgement(name, item.principle(), mean(opinions), opinions);
    }

    private Verdict<Double> mean(List<Opinion> opinions) {
        double sum = 0;
        double weights = 0;
        boolean cut = false;
        for (int i = 0; i < opinions.size(); i++) {
            if (!(opinions.get(i).verdict() instanceof Verdict.Scored<Double> scored)) {
                return opinions.get(i).verdict();
            }
            sum += criteria.get(i).weight() * scored.value();
            weights += criteria.get(i).weight();
            cut |= scored.cut();
        }
        return new Verdict.Scored<>(sum / weights, cut, "");
    }
}
