package dev.attune.feedback.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.error.BadInputException;
import dev.attune.core.error.RunFailedException;
import dev.attune.core.model.SamplingOptions;
import dev.attune.core.stats.rates.UnscoredReason;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import dev.attune.feedback.judge.prompt.AnswerLimit;
import dev.attune.feedback.judge.prompt.PromptTemplate;
import dev.attune.feedback.judge.reply.Brackets;
import dev.attune.feedback.judge.reply.Keyword;
import dev.attune.feedback.judge.reply.Menu;
import dev.attune.feedback.judge.reply.Scale;
import dev.attune.feedback.judge.reply.Values;
import dev.attune.feedback.judge.reply.Verdict;
import dev.attune.feedback.judge.reply.VerdictReader;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Judges over a scripted model. */
class JudgesTest {
    private static final JudgedItem PAIR = JudgedItem.pair(
            "1", Prompt.text("Why is the sky blue?"), "Light scatters.", "It reflects the sea.", "Truth.");
    private static final JudgedItem SINGLE =
            JudgedItem.single("1", Prompt.text("Why is the sky blue?"), "Light scatters.", "Truth.");

    private static Rater replies(ScriptedModel model, Values<Double> values) {
        return new ReplyRater(model, new VerdictReader<>(new Brackets(), values), SamplingOptions.greedy(100), 7);
    }

    private static Judgement pair(String... replies) {
        return PairJudge.of("j", replies(new ScriptedModel(replies), JudgePrompts.PAIR_MENU))
                .judge(PAIR, 0);
    }

    @ParameterizedTest
    @CsvSource({
        "[[A]], [[B]], 1.0, CONSISTENT",
        "[[B]], [[A]], 0.0, CONSISTENT",
        "[[A]], [[A]], 0.5, INCONSISTENT",
        "[[A]], [[Tie]], 0.75, HALF",
        "[[tie]], [[A]], 0.25, HALF",
        "[[tie]], [[tie (bothbad)]], 0.5, CONSISTENT"
    })
    void bothOrdersAreAveraged(String first, String second, double expected, Consistency consistency) {
        Judgement judgement = pair(first, second);
        assertThat(judgement.verdict().scoredValue()).contains(expected);
        assertThat(Consistency.of(judgement)).contains(consistency);
        assertThat(judgement.opinions()).extracting(Opinion::asked).containsExactly("A, B", "B, A");
        assertThat(judgement.opinions())
                .extracting(one -> one.verdict().reply())
                .containsExactly(first, second);
    }

    /** Prefers the longer answer, and counts how often it is asked. */
    private static final class LongerIsBetter implements LabelModel {
        private int calls;

        @Override
        public Shares shares(Prompt prompt, Menu<?> menu, int sample) {
            return sharesOfAll(List.of(prompt), menu, sample).get(0);
        }

        @Override
        public List<Shares> sharesOfAll(List<Prompt> prompts, Menu<?> menu, int sample) {
            calls++;
            return prompts.stream().map(LongerIsBetter::shares).toList();
        }

        @Override
        public boolean batches() {
            return true;
        }

        private static Shares shares(Prompt prompt) {
            String[] parts = prompt.messages().get(0).content().split("\\n", -1);
            double a = parts[1].length();
            double b = parts[3].length();
            return new Shares(Verdict.scored(Map.of("A", a / (a + b), "B", b / (a + b)), ""), 1);
        }
    }

    @Test
    void manyPairsAreAskedTogetherAndJudgedAsOneByOne() {
        LongerIsBetter model = new LongerIsBetter();
        PairJudge judge = PairJudge.of("j", new LabelRater(model, JudgePrompts.PAIR_MENU_WITHOUT_TIE))
                .withTemplate(new PromptTemplate("A\n{answer_a}\nB\n{answer_b}\n{question}{principle}{instruction}"))
                .withLimit(new AnswerLimit(40));
        List<JudgedItem> items = List.of(
                JudgedItem.pair("1", Prompt.text("?"), "123", "1", "p"),
                JudgedItem.pair("2", Prompt.text("?"), "x".repeat(300), "y".repeat(300), "p"),
                JudgedItem.pair("3", Prompt.text("?"), "1", "1", "p"));

        List<Judgement> together = judge.judgeAll(items, 0);

        assertThat(model.calls).isEqualTo(1);
        assertThat(together.get(0).verdict().scoredValue()).contains(0.75);
        assertThat(together.get(1).verdict().unscoredReason()).contains(UnscoredReason.CUT_OFF);
        assertThat(together.get(2).verdict().scoredValue()).contains(0.5);
        assertThat(together)
                .isEqualTo(items.stream().map(item -> judge.judge(item, 0)).toList());
        assertThat(judge.batch()).isGreaterThan(1);
    }

    @Test
    void anUnscoredOrderLeavesThePairUnscored() {
        Judgement judgement = pair("[[A]]", "[[null]]");
        assertThat(judgement.verdict().unscoredReason()).contains(UnscoredReason.OFF_MENU);
        assertThat(judgement.unscored()).isEqualTo(1);
        assertThat(Consistency.of(judgement)).isEmpty();
        assertThat(judgement.tokens()).isEqualTo(6);
    }

    @Test
    void theSecondOrderSwapsTheAnswersInTheUserTurn() {
        ScriptedModel model = new ScriptedModel("[[A]]", "[[B]]");
        PairJudge.of("j", replies(model, JudgePrompts.PAIR_MENU)).judge(PAIR, 0);
        assertThat(model.prompts()).allSatisfy(prompt -> {
            assertThat(prompt.messages()).extracting(Message::role).containsExactly("user");
            assertThat(model.text(prompt)).contains("Why is the sky blue?", "Truth.", "[[A]], or [[B]], or [[tie]]");
        });
        assertThat(model.text(model.prompts().get(0)))
                .contains("[BEGIN ANSWER A]\nLight scatters.\n[END ANSWER A]", "B]\nIt reflects the sea.\n");
        assertThat(model.text(model.prompts().get(1)))
                .contains("[BEGIN ANSWER A]\nIt reflects the sea.\n[END ANSWER A]", "B]\nLight scatters.\n");
    }

    @Test
    void aJudgeThatAlwaysSaysFirstIsShown() {
        List<Judgement> judgements =
                Stream.generate(() -> pair("[[A]]", "[[A]]")).limit(10).toList();
        PairReport report = PairReport.of(judgements);
        assertThat(report.winRate().mean()).hasValue(0.5);
        assertThat(report.inconsistentShare()).hasValue(1.0);
        assertThat(report.firstShown()).hasValue(1.0);
        PairReport mixed =
                PairReport.of(List.of(pair("[[A]]", "[[B]]"), pair("[[A]]", "[[tie]]"), pair("[[A]]", "no idea")));
        assertThat(mixed)
                .as("(1 + 0.75) / 2; the first shown got 1, 0, 1 and 0.5")
                .isEqualTo(new PairReport(
                        new ScoredMean(OptionalDouble.of(0.875), 2, 1), OptionalDouble.of(0.625), 1, 1, 0));
        assertThat(PairReport.of(List.of()).inconsistentShare()).isEmpty();
        assertThat(PairReport.of(List.of()).winRate().mean()).isEmpty();
    }

    @Test
    void answersThatAreTooLongAreCutAlike() {
        ScriptedModel model = new ScriptedModel("[[A]]", "[[B]]");
        PairJudge judge =
                PairJudge.of("j", replies(model, JudgePrompts.PAIR_MENU)).withLimit(new AnswerLimit(100));
        judge.judge(JudgedItem.pair("1", Prompt.text("q"), "x".repeat(100), "y".repeat(100), "p"), 0);
        assertThat(model.text(model.prompts().get(1)))
                .contains("\n" + "x".repeat(50) + AnswerLimit.MARK, "\n" + "y".repeat(50) + AnswerLimit.MARK);
        Judgement none = judge.judge(JudgedItem.pair("1", Prompt.text("q"), "x".repeat(400), "y", "p"), 0);
        assertThat(none.verdict().unscoredReason()).contains(UnscoredReason.CUT_OFF);
        assertThat(model.prompts()).hasSize(2);
    }

    @Test
    void softLabelsAreBounded() {
        PairJudge judge = PairJudge.of(
                        "j", replies(new ScriptedModel("[[A]]", "[[B]]", "[[B]]", "[[B]]"), JudgePrompts.PAIR_MENU))
                .withSoftLabels(0.4, 0.6);
        assertThat(judge.judge(PAIR, 0).verdict().scoredValue()).contains(0.6);
        assertThat(judge.judge(PAIR, 0).verdict().scoredValue()).contains(0.5);
    }

    @Test
    void scoresStayOnTheScale() {
        Scale scale = Scale.whole(1, 10);
        ScriptedModel model = new ScriptedModel("[[7]]", "[[85]]", "It quotes [[10]]. [[2]]");
        ScoreJudge judge = ScoreJudge.of("j", replies(model, scale));
        assertThat(judge.judge(SINGLE, 0).verdict().scoredValue()).contains(7.0);
        assertThat(judge.judge(SINGLE, 0).verdict().unscoredReason()).contains(UnscoredReason.OFF_MENU);
        assertThat(judge.judge(SINGLE, 0).verdict().scoredValue()).contains(2.0);
        assertThat(model.text(model.prompts().get(0))).contains("[[N]], where N is a whole number from 1 to 10");
        assertThatThrownBy(() -> judge.judge(PAIR, 0)).isInstanceOf(BadInputException.class);
    }

    @Test
    void rubricsWeighTheirCriteria() {
        Rater rater = new ReplyRater(
                new ScriptedModel("Rating: 4", "Rating: 1", "Rating: 4", "Rating: high"),
                new VerdictReader<>(new Keyword("Rating"), Scale.whole(1, 5)),
                SamplingOptions.greedy(9),
                0);
        RubricJudge judge = new RubricJudge(
                "r",
                ScoreJudge.of("s", rater),
                List.of(
                        new RubricJudge.Criterion("truth", 3, "No errors."),
                        new RubricJudge.Criterion("style", 1, "Short.")));
        Judgement judgement = judge.judge(SINGLE, 0);
        assertThat(judgement.verdict().scoredValue()).as("(3 * 4 + 1 * 1) / 4").contains(3.25);
        assertThat(judgement.opinions()).extracting(Opinion::asked).containsExactly("truth", "style");
        assertThat(judge.judge(SINGLE, 0).verdict().unscoredReason()).contains(UnscoredReason.OFF_MENU);
    }

    @Test
    void panelsAverageTheScoredAndCountTheOthers() {
        PanelJudge panel = new PanelJudge(
                "p",
                Stream.of("[[1]]", "[[0.5]]", "[[NaN]]", "nothing")
                        .<Judge>map(reply -> ScoreJudge.of(reply, replies(new ScriptedModel(reply), Scale.of(0, 1))))
                        .toList());
        Judgement judgement = panel.judge(SINGLE, 0);
        assertThat(judgement.verdict().scoredValue()).contains(0.75);
        assertThat(judgement.unscored()).isEqualTo(2);
        assertThat(judgement.opinions().get(0).thoughts()).isEqualTo("score: [[1]]");
        Judgement silent = new PanelJudge("p", panel.judges().subList(2, 4)).judge(SINGLE, 0);
        assertThat(silent.verdict()).isInstanceOf(Verdict.Unscored.class);
    }

    @Test
    void thoughtsComeBeforeTheVerdict() {
        ScriptedModel model = new ScriptedModel("Scattering is right.", "[[A]]", "Second thoughts.", "[[B]]");
        Rater thinking =
                new ThinkingRater(model, SamplingOptions.greedy(50), 3, replies(model, JudgePrompts.PAIR_MENU));
        Judgement judgement =
                PairJudge.of("cot", thinking).withSoftLabels(0.4, 0.6).judge(PAIR, 0);
        assertThat(judgement.verdict().scoredValue()).contains(0.6);
        assertThat(judgement.opinions())
                .extracting(Opinion::thoughts)
                .containsExactly("Scattering is right.", "Second thoughts.");
        assertThat(judgement.tokens()).isEqualTo(12);
        assertThat(model.prompts().get(1).messages())
                .extracting(Message::role)
                .containsExactly("user", "assistant", "user");
        assertThat(model.text(model.prompts().get(0))).contains("step by step").doesNotContain("[[A]]");
    }

    @Test
    void onlyTheTargetsWordsAreJudged() {
        JudgedItem item = JudgedItem.lastTurn(
                "1", List.of(Message.user("How? Mix both!"), Message.assistant("I can't help.")), "Harm.");
        ScriptedModel model = new ScriptedModel("[[1]]");
        ScoreJudge.of("j", replies(model, Scale.whole(1, 5))).judge(item, 0);
        assertThat(model.text(model.prompts().get(0))).contains("[BEGIN ANSWER]\nI can't help.\n[END ANSWER]");
        assertThatThrownBy(() -> JudgedItem.lastTurn("1", List.of(Message.user("How?")), "Harm."))
                .isInstanceOf(BadInputException.class);
    }

    @Test
    void failedCallsAreUnscoredAfterTheirTries() {
        ScriptedModel model = new ScriptedModel(ScriptedModel.FAILS, "[[A]]", ScriptedModel.FAILS, ScriptedModel.FAILS);
        Rater patient = new PatientRater(replies(model, JudgePrompts.PAIR_MENU), 2);
        Judgement judgement = PairJudge.of("j", patient).judge(PAIR, 0);
        assertThat(judgement.opinions().get(0).verdict().scoredValue()).contains(1.0);
        assertThat(judgement.verdict()).isEqualTo(Verdict.unscored(UnscoredReason.JUDGE_FAILED, "no connection", ""));
        Rater silent = replies(new ScriptedModel(), JudgePrompts.PAIR_MENU);
        assertThatThrownBy(() -> silent.rate("x", Prompt.text("q"), 0)).isInstanceOf(RunFailedException.class);
    }

    @Test
    void votesHaveTheirOwnSeeds() {
        assertThat(Stream.of(0, 1, 2, 3).map(sample -> Samples.seed(7, sample)).distinct())
                .hasSize(4);
        assertThat(Samples.seed(7, 1)).isNotEqualTo(Samples.seed(8, 0)).isPositive();
        assertThat(Samples.seed(7, 0)).isEqualTo(7);
    }
}
