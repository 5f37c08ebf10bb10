package dev.attune.feedback.judge;

import dev.attune.core.error.RunFailedException;
import dev.attune.core.model.ScoringModel;
import dev.attune.core.stats.rates.UnscoredReason;
import dev.attune.core.text.PromptCompletion;
import dev.attune.feedback.judge.reply.Verdict;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Compares two answers by the scores of a reward model: the larger one wins, and equal scores are a tie. The answers are
 * scored one by one, so that their order plays no part. A pair of which one score is not finite is unscored.
 *
 * @param name in records
 * @param model is not closed
 */
public record RewardJudge(String name, ScoringModel model) implements Judge {
    private static final List<String> ASKED = List.of("score of A", "score of B");

    @Override
    public Judgement judge(JudgedItem item, int sample) {
        item.requireAnswers(2);
        List<Opinion> opinions = opinions(item);
        return new Judgement(
                name,
                item.principle(),
                preferred(opinions.get(0).verdict(), opinions.get(1).verdict()),
                opinions);
    }

    private List<Opinion> opinions(JudgedItem item) {
        return IntStream.range(0, 2)
                .mapToObj(i -> opinion(
                        ASKED.get(i),
                        new PromptCompletion(item.prompt(), item.answers().get(i))))
                .toList();
    }

    private Opinion opinion(String asked, PromptCompletion answer) {
        try {
            double[] scores = model.score(List.of(answer));
            return scores.length == 1
                    ? new Opinion(asked, verdict(scores[0]), 0)
                    : Opinion.none(asked, UnscoredReason.JUDGE_FAILED, scores.length + " scores for one answer");
        } catch (RunFailedException e) {
            return Opinion.none(asked, UnscoredReason.JUDGE_FAILED, String.valueOf(e.getMessage()));
        }
    }

    private static Verdict<Double> verdict(double score) {
        return Double.isFinite(score)
                ? Verdict.scored(score, "")
                : Verdict.unscored(UnscoredReason.NO_VERDICT, "a score of " + score, "");
    }

    private static Verdict<Double> preferred(Verdict<Double> first, Verdict<Double> second) {
        if (first instanceof Verdict.Scored<Double> one && second instanceof Verdict.Scored<Double> two) {
            return Verdict.scored((1 + Math.signum(one.value() - two.value())) / 2, "");
        }
        return first instanceof Verdict.Unscored ? first : second;
    }
}
