package dev.attune.feedback.rating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.error.BadInputException;
import dev.attune.core.json.Json;
import dev.attune.core.stats.Figure;
import dev.attune.core.stats.rates.Score;
import dev.attune.core.stats.rates.UnscoredReason;
import dev.attune.core.text.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgeCheckTest {
    @TempDir
    private Path folder;

    /** 100 answers to a prompt each; the judge calls the first ones harmful. */
    private static List<JudgedAnswer> answers(int harmful) {
        List<JudgedAnswer> answers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            answers.add(new JudgedAnswer(
                    "a" + i,
                    "prompt " + i,
                    List.of(Message.user("Request " + i), Message.assistant("Answer")),
                    Score.of(i < harmful)));
        }
        return answers;
    }

    /**
     * Ratings of 20 answers: of the ten that people call harmful the judge calls {@code found} harmful, of the ten that they
     * call harmless it calls {@code quiet} harmless.
     */
    private static Ratings ratings(int found, int quiet) {
        Map<String, Boolean> harmful = new LinkedHashMap<>();
        for (int i = 0; i < 10; i++) {
            // From 0 on the judge says harmful, from 99 down harmless.
            harmful.put("a" + (i < found ? i : 99 - i), true);
            harmful.put("a" + (i < quiet ? 89 - i : i + 5), false);
        }
        return new Ratings(harmful);
    }

    @Test
    void thirtyOfAHundredAreFourteen() {
        // Se = 0.9, Sp = 0.8: (0.3 + 0.8 - 1) / (0.9 + 0.8 - 1) = 0.1 / 0.7. By Lang and Reiczigel: n' = 103.841, p' =
        // 0.307399,
        // Se' = 10/12, Sp' = 9/12, P' = 0.098398, shift -0.099484, half width 0.409633.
        JudgeCheck corrected = JudgeCheck.of(answers(30), ratings(9, 8));

        assertThat(corrected.rated()).isEqualTo(20);
        assertThat(corrected.sensitivity().value()).isEqualTo(0.9);
        assertThat(corrected.specificity().value()).isEqualTo(0.8);
        assertThat(corrected.apparent().value()).isEqualTo(0.3);
        assertThat(corrected.corrected().value()).isCloseTo(0.1 / 0.7, within(1e-12));
        assertThat(corrected.corrected().interval().low()).isZero();
        assertThat(corrected.corrected().interval().high()).isCloseTo(0.40854, within(5e-5));
        assertThat(corrected.refused()).isNull();
    }

    @Test
    void agreementIsCorrectedForChance() {
        JudgeCheck check = JudgeCheck.of(answers(30), ratings(9, 8));

        // Both say harmful 9 times and harmless 8 times; people alone once, the judge alone twice.
        assertThat(check.people().value()).isEqualTo(10 / 20.0);
        assertThat(check.judge().value()).isEqualTo(11 / 20.0);
        RatingAgreement agreement = check.agreement();
        assertThat(agreement.observed()).isEqualTo(Figure.of(0.85));
        // 1 - (1 - 0.85) / (1 - (0.5 * 0.55 + 0.5 * 0.45))
        assertThat(agreement.kappa().asOptional()).hasValueCloseTo(0.7, within(1e-12));
        assertThat(agreement.kappaInterval().contains(0.7)).isTrue();
        // 21 of 40 verdicts are harmful: 1 - 0.15 / (2 * 21 * 19 / (40 * 39))
        assertThat(agreement.alpha().asOptional()).hasValueCloseTo(1 - 0.15 * 40 * 39 / (2 * 21 * 19), within(1e-12));
        assertThat(agreement.alphaInterval().low()).isBetween(0.2, 0.6);
        assertThat(agreement.alphaInterval().high()).isBetween(0.9, 1.0);
    }

    @Test
    void agreementOfEqualVerdictsIsUndefined() {
        JudgeCheck check = JudgeCheck.of(answers(0), new Ratings(Map.of("a1", false, "a2", false, "a3", false)));

        assertThat(check.agreement().observed()).isEqualTo(Figure.of(1));
        assertThat(check.agreement().kappa()).isEqualTo(Figure.undefined("both raters gave every item the same label"));
        assertThat(check.agreement().kappaInterval()).isNull();
        assertThat(check.agreement().alpha()).isInstanceOf(Figure.Undefined.class);
        assertThat(check.agreement().alphaInterval()).isNull();
        assertThat(check.sensitivity()).isNull();
        assertThat(check.specificity().value()).isEqualTo(1);
        assertThat(check.refused()).contains("0 true positives and 3 true negatives");
        assertThat(Json.line(check))
                .contains("\"kappa\":{\"reason\":\"both raters")
                .doesNotContain("NaN");
    }

    @Test
    void answersThatTheJudgeLeftOpenAreNotCompared() {
        List<JudgedAnswer> answers = new ArrayList<>(answers(30));
        JudgedAnswer first = answers.get(0);
        answers.set(
                0,
                new JudgedAnswer(
                        first.id(), first.unit(), first.conversation(), Score.missing(UnscoredReason.JUDGE_FAILED)));

        JudgeCheck check = JudgeCheck.of(answers, ratings(9, 8));

        assertThat(check.unscored()).isEqualTo(1);
        assertThat(check.rated()).isEqualTo(19);
        assertThat(check.people().value()).isEqualTo(9 / 19.0);
        assertThat(check.apparent().value()).isEqualTo(29 / 99.0);
    }

    @Test
    void aNegativeRateIsShownAsZeroWithANote() {
        // Se = 9 of 10, Sp = 4 of 5: (0.1 + 0.8 - 1) / 0.7
        Map<String, Boolean> harmful = new LinkedHashMap<>(Map.of("a99", true, "a9", false));
        for (int i = 0; i < 9; i++) {
            harmful.put("a" + i, true);
            harmful.put("a" + (80 + i % 4), false);
        }
        JudgeCheck corrected = JudgeCheck.of(answers(10), new Ratings(harmful));

        assertThat(corrected.specificity().value()).isEqualTo(0.8);
        assertThat(corrected.corrected().value()).isZero();
        assertThat(corrected.notes()).anySatisfy(note -> assertThat(note).contains("-0.143 by formula, shown as 0"));
    }

    @Test
    void aJudgeNoBetterThanChanceIsRefusedInWords() {
        JudgeCheck corrected = JudgeCheck.of(answers(30), ratings(5, 5));

        assertThat(corrected.corrected()).isNull();
        assertThat(corrected.refused())
                .contains("sensitivity 0.5 and specificity 0.5")
                .contains("no better than chance");
        assertThat(corrected.sensitivity().value()).isEqualTo(0.5);
    }

    @Test
    void ratingsOfChosenAnswersAreNoticed() {
        Map<String, Boolean> harmful = new LinkedHashMap<>();
        for (int i = 0; i < 30; i++) {
            harmful.put("a" + i, i > 2);
        }
        JudgeCheck corrected = JudgeCheck.of(answers(30), new Ratings(harmful));

        assertThat(corrected.notes())
                .anySatisfy(note -> assertThat(note).contains("30 of 30 harmful, of all 30 of 100"));
    }

    @Test
    void answersToAPromptDoNotNarrowTheInterval() {
        List<JudgedAnswer> twice = new ArrayList<>(answers(30));
        for (JudgedAnswer answer : answers(30)) {
            twice.add(new JudgedAnswer(answer.id() + " again", answer.unit(), answer.conversation(), answer.verdict()));
        }
        assertThat(JudgeCheck.of(twice, ratings(9, 8)).corrected().interval())
                .isEqualTo(JudgeCheck.of(answers(30), ratings(9, 8)).corrected().interval());
    }

    @Test
    void aSampleHasTheJudgesSharesAndNotItsVerdicts() {
        List<RatingSample.Line> sample = RatingSample.of(answers(30), 10, 7);

        assertThat(sample).hasSize(10).allSatisfy(line -> assertThat(line.harmful())
                .isNull());
        assertThat(sample.stream().filter(line -> Integer.parseInt(line.id().substring(1)) < 30))
                .hasSize(3);
        assertThat(Json.line(sample.get(0)))
                .matches("\\{\"id\":\"a\\d+\",\"conversation\":\\[\\{\"role\":\"user\",\"content\":\"Request \\d+\"},"
                        + "\\{\"role\":\"assistant\",\"content\":\"Answer\"}],\"harmful\":null}");
        assertThat(RatingSample.of(answers(30), 500, 7)).hasSize(100);
    }

    @Test
    void aFilledSampleIsRead() throws IOException {
        List<RatingSample.Line> sample = RatingSample.of(answers(30), 3, 7);
        Path file = Files.writeString(
                folder.resolve("rated.jsonl"),
                Json.line(sample.get(0)).replace("null", "true") + "\n"
                        + Json.line(sample.get(1)).replace("null", "false") + "\n" + Json.line(sample.get(2)) + "\n");

        assertThat(Ratings.read(file, answers(30), "these answers").harmful())
                .containsExactly(
                        Map.entry(sample.get(0).id(), true),
                        Map.entry(sample.get(1).id(), false));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"id": "a1", "harmful": "maybe"}                                | found 'maybe' for 'harmful', expected true or false
            {"id": "b1", "harmful": true}                                   | found the id 'b1', expected an id of these answers
            {"id": "a1", "harmful": true}~{"id": "a1", "harmful": false}    | r.jsonl:2: found the id 'a1' twice
            {"harmful": true}                                               | the column 'id'
            """)
    void saysWhatIsWrongWithRatings(String lines, String message) throws IOException {
        Path file = Files.writeString(folder.resolve("r.jsonl"), lines.replace('~', '\n') + "\n");

        assertThatThrownBy(() -> Ratings.read(file, answers(30), "these answers"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(message);
    }
}
