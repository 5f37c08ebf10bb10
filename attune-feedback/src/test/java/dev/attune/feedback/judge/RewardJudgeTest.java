package dev.attune.feedback.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.error.BadInputException;
import dev.attune.core.error.RunFailedException;
import dev.attune.core.model.ScoringModel;
import dev.attune.core.stats.rates.UnscoredReason;
import dev.attune.core.text.Prompt;
import dev.attune.core.text.PromptCompletion;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RewardJudgeTest {
    /** Scores an answer by the number that it is; fails for other words. */
    private static final ScoringModel NUMBERS = new ScoringModel() {
        @Override
        public double[] score(List<PromptCompletion> batch) {
            return batch.stream().mapToDouble(one -> number(one.completion())).toArray();
        }

        private double number(String text) {
            return switch (text) {
                case "failing" -> throw new RunFailedException("no memory");
                case "long" -> throw BadInputException.at("the answer", "9 tokens", "at most 8", "shorten it");
                default -> Double.parseDouble(text);
            };
        }

        @Override
        public void close() {}
    };

    private static JudgedItem pair(String first, String second) {
        return JudgedItem.pair("1", Prompt.text("q"), first, second, "");
    }

    @ParameterizedTest
    @CsvSource({"2, 1, 1", "-3, -2, 0", "0.5, 0.5, 0.5", "-0.0, 0.0, 0.5"})
    void theLargerScoreWinsAndEqualOnesTie(String first, String second, double share) {
        Judgement judgement = new RewardJudge("r", NUMBERS).judge(pair(first, second), 0);

        assertThat(judgement.verdict().scoredValue()).contains(share);
        assertThat(judgement.opinions())
                .extracting(
                        one -> one.asked() + " " + one.verdict().scoredValue().orElseThrow())
                .containsExactly("score of A " + Double.parseDouble(first), "score of B " + Double.parseDouble(second));
        assertThat(Consistency.of(judgement)).isEmpty();
    }

    @Test
    void scoresThatAreNoNumberAndFailedCallsAreUnscored() {
        RewardJudge judge = new RewardJudge("r", NUMBERS);

        assertThat(judge.judge(pair("1", "NaN"), 0).verdict().unscoredReason()).contains(UnscoredReason.NO_VERDICT);
        assertThat(judge.judge(pair("failing", "1"), 0).verdict().unscoredReason())
                .contains(UnscoredReason.JUDGE_FAILED);
    }

    @Test
    void anAnswerThatIsTooLongIsUnscoredOnceTheJudgeWorks() {
        LenientJudge judge = new LenientJudge(new RewardJudge("r", NUMBERS));

        assertThatThrownBy(() -> judge.judge(pair("long", "1"), 0)).isInstanceOf(BadInputException.class);
        judge.judge(pair("2", "1"), 0);
        Judgement judgement = judge.judge(pair("long", "1"), 0);

        assertThat(judgement.verdict().unscoredReason()).contains(UnscoredReason.JUDGE_FAILED);
        assertThat(judgement.opinions().get(0).verdict().toString()).contains("9 tokens");
    }
}
