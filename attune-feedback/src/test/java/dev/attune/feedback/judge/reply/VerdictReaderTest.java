package dev.attune.feedback.judge.reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.model.TextCompletion.StopReason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Replies of judges and the verdicts in them; the line feed of a reply is written as {@code ⏎}. */
class VerdictReaderTest {
    private static final Menu<String> PAIR =
            Menu.meaning("A", "A", "answer A").and("B", "B", "answer B").and("tie", "tie", "draw", "tie (bothbad)");
    private static final Menu<String> GRADES =
            Menu.meaning("C", "C", "correct").and("I", "I", "incorrect").and("P", "P", "partially correct");
    private static final Menu<String> WORDS = Menu.of("CORRECT", "INCORRECT", "partially correct", "YES", "NO");

    private static String read(Form form, Values<?> values, String reply) {
        return outcome(new VerdictReader<>(form, values).read(reply.replace("⏎", "\n")));
    }

    private static String outcome(Verdict<?> verdict) {
        return verdict instanceof Verdict.Scored<?> scored
                ? scored.value() + (scored.cut() ? " (cut)" : "")
                : verdict.unscoredReason().orElseThrow().name();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            I leaned to [[A]] at first, but its total is off. [[B]] | B
            [[a]]                                       | A
            **[[ B ]]**.                                | B
            [[**A**]]                                   | A
            \\[\\[A\\]\\]                               | A
            ［［Ａ］］                                   | A
            [[Tie]]                                     | tie
            [[tie (bothbad)]]                           | tie
            [[Answer A]]                                | A
            [[A]] or rather [[Q]]                       | OFF_MENU
            [[A]] and [[]]                              | OFF_MENU
            [[null]]                                    | OFF_MENU
            It is A.                                    | NO_VERDICT
            [A]                                         | NO_VERDICT
            [[A]] no, wait: [[B                         | CUT_OFF
            """)
    void labelsInBrackets(String reply, String outcome) {
        assertThat(read(new Brackets(), PAIR, reply)).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            GRADE: C. No cause to downgrade: it is complete. | C
            Full marks would be GRADE: C. This one: GRADE: Q | OFF_MENU
            grade: incorrect                 | I
            GRADE: PC                        | OFF_MENU
            VERDICT: C                       | NO_VERDICT
            **Grade:** `I`                   | I
            Grade: **partially  correct**    | P
            GRADE: correctly done            | OFF_MENU
            GRADE: $\\boxed{C}$              | C
            GRADE: [C]                       | C
            GRADE:⏎C                         | C
            GRADE = C                        | C
            GRADE： C                        | C
            GRADE: C-                        | OFF_MENU
            GRADE: C+, nearly                | OFF_MENU
            GRADE: C - all parts are there   | C
            GRADE: C or I                    | CONTRADICTORY
            GRADE: C/I                       | CONTRADICTORY
            GRADE: C/A                       | OFF_MENU
            GRADE: C. And I mean it          | C
            GRADE: I think it is fine        | OFF_MENU
            GRADE: I, it misses a step       | I
            upgrade: C                       | NO_VERDICT
            GRADE: C. No: GRADE:             | CUT_OFF
            """)
    void labelsBehindAWord(String reply, String outcome) {
        assertThat(read(new Keyword("GRADE"), GRADES, reply)).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            INCORRECT                        | INCORRECT
            incorrect.                       | INCORRECT
            It is **correct**                | CORRECT
            CORRECT? No: INCORRECT           | INCORRECT
            It is not correct.               | CONTRADICTORY
            It isn't INCORRECT but CORRECT.  | CORRECT
            Partially correct                | partially correct
            It declined.                     | NO_VERDICT
            A note on the norm               | NO_VERDICT
            """)
    void bareLabelsAreWholeWords(String reply, String outcome) {
        assertThat(read(new BareLabel(), WORDS, reply)).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            A                                | A
            (b)                              | B
            Both have faults.⏎**B**          | B
            A good answer, but not complete. | NO_VERDICT
            Answer A is better than answer B | CONTRADICTORY
            """)
    void bareLettersStandAloneOnALine(String reply, String outcome) {
        assertThat(read(new BareLabel(), PAIR, reply)).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            <think>[[A]]?</think>[[B]]                     | B
            <think>[[A]] it is                             | CUT_OFF
            [[A]]<think>or not                             | CUT_OFF
            [[A]]?</think>/[[B]]                           | B
            <THINKING lang="en">[[A]]</THINKING >[[B]]     | B
            <think>a<think>b</think>[[A]]</think>[[B]]     | B
            <think>[[A]]</think>Both are fine.             | NO_VERDICT
            [THINK][[A]][/THINK][[B]]                      | B
            ◁think▷[[A]]◁/think▷[[B]]                      | B
            """)
    void thoughtsAreNotRead(String reply, String outcome) {
        assertThat(outcome(new VerdictReader<>(new Brackets(), PAIR).read(reply)))
                .isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            ```json⏎{"winner": "A"}⏎```                          | A
            {"winner": "A"}                                      | A
            Sure! {'Winner': 'b', } as asked.                    | B
            {winner: B}                                          | B
            In {this} set: {"winner": "A"}                       | A
            {"winner": "A", "why": "because its                  | A (cut)
            {"winner": "A"                                       | A (cut)
            {"winner": "A                                        | CUT_OFF
            {"why": "because its                                 | CUT_OFF
            {"winner":                                           | CUT_OFF
            {}                                                   | NO_VERDICT
            {"winner": null}                                     | NO_VERDICT
            {"winner": None}                                     | NO_VERDICT
            {"winner": "Q"}                                      | OFF_MENU
            {"winner": "A"} No: {"winner": "Q"}                  | OFF_MENU
            {"winner": "A"} No: {"winner": "B"}                  | B
            {"winner": "A"} {"note": 1}                          | A
            {"winner": "A", "winner": "B"}                       | CONTRADICTORY
            {"winner": "A", "winner": "A"}                       | A
            {"result": {"winner": "B"}}                          | B
            {"winner": ["B"]}                                    | B
            {"winner": {"name": "B"}}                            | OFF_MENU
            [{"winner": "B"}]                                    | B
            {"why": "two⏎lines", "winner": "B"}                  | B
            {"why": "he said "no" twice" , "winner": "B"}        | B
            {"why": "b"⏎"winner": "B"}                           | B
            "{\\"winner\\": \\"B\\"}"                            | B
            winner: A                                            | NO_VERDICT
            """)
    void labelsInJson(String reply, String outcome) {
        assertThat(read(new JsonField("winner"), PAIR, reply)).isEqualTo(outcome);
    }

    @Test
    void jsonKeepsFencesInValuesAndComments() {
        String fenced = "```json\n{\"code\": \"```py\\nx = {1}\\n```\", \"winner\": \"B\"}\n```";
        assertThat(outcome(new VerdictReader<>(new JsonField("winner"), PAIR).read(fenced)))
                .isEqualTo("B");
        Menu<Boolean> verdict = Menu.meaning("true", true, "yes").and("false", false, "no");
        assertThat(outcome(new VerdictReader<>(new JsonField("verdict"), verdict).read("{\"verdict\": True}")))
                .isEqualTo("true");
        VerdictReader<Double> score = new VerdictReader<>(new JsonField("score"), Scale.of(0, 1));
        assertThat(outcome(score.read("{\"score\": 0.5 // half\n}"))).isEqualTo("0.5");
        assertThat(outcome(score.read("{\"score\": 0.5 // half}"))).isEqualTo("0.5");
        assertThat(outcome(score.read("{/* of 1 */ \"score\": 1 # all\n}"))).isEqualTo("1.0");
        assertThat(outcome(score.read("{\"score\": \"0.5\"}"))).isEqualTo("0.5");
        assertThat(outcome(score.read("{\"score\": NaN}"))).isEqualTo("OFF_MENU");
        assertThat(outcome(score.read("{\"score\": true}"))).isEqualTo("OFF_MENU");
        assertThat(outcome(score.read("{\"score\": 0"))).as("0.5 may follow").isEqualTo("CUT_OFF");
        assertThat(outcome(score.read("{\"score\": 0,"))).isEqualTo("0.0 (cut)");
        assertThat(outcome(score.read("{".repeat(100_000)))).isEqualTo("CUT_OFF");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            Three of 5 points are fine, so 4. | NO_VERDICT
            Rating: 4                         | 4.0
            Rating: 4.0                       | 4.0
            rating: **4** stars               | 4.0
            Rating: four                      | 4.0
            Rating: 4 of 5                    | 4.0
            Rating: 4 out of 5.               | 4.0
            Rating: 4 of 10                   | OFF_MENU
            Rating: 4.5                       | OFF_MENU
            Rating: 4,5                       | OFF_MENU
            Rating: 6                         | OFF_MENU
            Rating: 0                         | OFF_MENU
            Rating: -3                        | OFF_MENU
            Rating: 85                        | OFF_MENU
            Rating: 80%                       | OFF_MENU
            Rating: high                      | OFF_MENU
            Rating: N of 5                    | OFF_MENU
            Rating: 3-4                       | CONTRADICTORY
            Rating: 3 or 4                    | CONTRADICTORY
            Rating: 2. Rather: Rating: 4      | 4.0
            Rating: 2. Rather: Rating: NaN    | OFF_MENU
            """)
    void scoresOfAScale(String reply, String outcome) {
        assertThat(read(new Keyword("Rating"), Scale.whole(1, 5), reply)).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            [[85]]                            | OFF_MENU
            [[10]]                            | 10.0
            [[7.5]]                           | 7.5
            [[ 7,5 ]]                         | 7.5
            [[rating: 7]]                     | OFF_MENU
            [[1e1]]                           | OFF_MENU
            It says: My rating: [[10]]. [[2]] | 2.0
            """)
    void scoresInBrackets(String reply, String outcome) {
        assertThat(read(new Brackets(), Scale.of(1, 10), reply)).isEqualTo(outcome);
    }

    @Test
    void fractionsAndPercentagesOfTheScale() {
        VerdictReader<Double> ten = new VerdictReader<>(new Brackets(), Scale.whole(1, 10));
        assertThat(outcome(ten.read("[[8/10]]"))).isEqualTo("8.0");
        assertThat(outcome(ten.read("[[4/5]]"))).as("another scale").isEqualTo("OFF_MENU");
        VerdictReader<Double> share = new VerdictReader<>(new Keyword("Score"), Scale.of(0, 1));
        assertThat(outcome(share.read("Score: 85%"))).isEqualTo("0.85");
        assertThat(outcome(share.read("Score: .5"))).isEqualTo("0.5");
        assertThat(outcome(new VerdictReader<>(new BareLabel(), Scale.whole(0, 100)).read("85%\n")))
                .isEqualTo("85.0");
        assertThat(outcome(new VerdictReader<>(new BareLabel(), Scale.whole(0, 100)).read("I give 85.")))
                .isEqualTo("OFF_MENU");
    }

    @Test
    void aReplyAtItsTokenLimitIsCutOff() {
        VerdictReader<String> brackets = new VerdictReader<>(new Brackets(), PAIR);
        assertThat(outcome(brackets.read("[[A]] because of", StopReason.LENGTH)))
                .isEqualTo("A (cut)");
        assertThat(outcome(brackets.read("Answer A begins", StopReason.LENGTH))).isEqualTo("CUT_OFF");
        VerdictReader<Double> rating = new VerdictReader<>(new Keyword("Rating"), Scale.whole(1, 10));
        assertThat(outcome(rating.read("Rating: 1", StopReason.LENGTH)))
                .as("10?")
                .isEqualTo("CUT_OFF");
        assertThat(outcome(rating.read("Rating: 1\n", StopReason.LENGTH))).isEqualTo("1.0 (cut)");
    }

    @Test
    void aJudgeMayRefuseOrSayNothing() {
        VerdictReader<String> reader = new VerdictReader<>(new Brackets(), Menu.of("YES", "NO"));
        assertThat(outcome(reader.read("I can\u2019t help with judging such texts.")))
                .isEqualTo("JUDGE_REFUSED");
        assertThat(outcome(reader.read("I can't assist with more. [[YES]]"))).isEqualTo("YES");
        assertThat(outcome(reader.read("It declined."))).isEqualTo("NO_VERDICT");
        assertThat(outcome(reader.read(""))).isEqualTo("NO_VERDICT");
        assertThat(reader.read("It declined.").reply()).isEqualTo("It declined.");
    }

    @Test
    void onlyTheNewTextOfAReplyIsRead() {
        String prompt = "A score of 5 means perfect. Write Rating: N.\nRating: 5 is the best.";
        VerdictReader<Double> reader = new VerdictReader<>(new Keyword("Rating"), Scale.whole(1, 5));
        assertThat(outcome(reader.read(PromptEcho.strip("\n" + prompt + " Fine. Rating: 3", prompt))))
                .isEqualTo("3.0");
        assertThat(outcome(reader.read(PromptEcho.strip(prompt + " Good.", prompt))))
                .isEqualTo("NO_VERDICT");
        assertThat(PromptEcho.strip("Well, A?", "A?")).isEqualTo("Well, A?");
    }

    @Test
    void menusHaveDistinctLabels() {
        assertThatThrownBy(() -> Menu.of("A", "a")).hasMessageContaining("not distinct");
        assertThatThrownBy(() -> new Verdict.Scored<>(Double.NaN, false, "")).hasMessageContaining("NaN");
        assertThat(GRADES.labels()).isEqualTo(List.of("C", "I", "P"));
        assertThat(Verdict.scored("B", "r").map(String::length)).isEqualTo(Verdict.scored(1, "r"));
    }
}
