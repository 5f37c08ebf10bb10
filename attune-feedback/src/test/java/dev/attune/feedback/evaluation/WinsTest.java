package dev.attune.feedback.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.error.BadInputException;
import dev.attune.core.json.Json;
import dev.attune.core.stats.Estimate;
import dev.attune.core.stats.Figure;
import dev.attune.core.stats.rates.UnscoredReason;
import dev.attune.feedback.judge.JudgedItem;
import dev.attune.feedback.judge.Judgement;
import dev.attune.feedback.judge.Opinion;
import dev.attune.feedback.judge.PairJudge;
import dev.attune.feedback.judge.Rater;
import dev.attune.feedback.judge.ScriptedRater;
import dev.attune.feedback.judge.reply.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WinsTest {
    @TempDir
    private Path folder;

    private final List<JudgedItem> asked = new ArrayList<>();

    private Suite suite(int prompts, String keys) throws IOException {
        Files.writeString(
                folder.resolve("data.jsonl"),
                IntStream.range(0, prompts)
                        .mapToObj(i ->
                                "{\"prompt\": \"" + i + "\", \"kind\": \"" + (i % 2 == 0 ? "even" : "odd") + "\"}\n")
                        .collect(Collectors.joining()));
        Path file = Files.writeString(
                folder.resolve("suite.yaml"),
                "name: tried\nmeasures:\n  - {name: duel, kind: wins, data: data.jsonl, " + keys + "}\n");
        return SuiteFile.read(file, null);
    }

    private WinsMeasure measure(int prompts) throws IOException {
        return suite(prompts, "category: kind, judge: {reward: r}").wins().get(0);
    }

    /** A model that answers prompt i by {@code answer}. */
    private static Evaluated model(WinsMeasure measure, String name, Function<Integer, String> answer) {
        ScriptedSubject subject = new ScriptedSubject((prompt, sample) -> answer.apply(Integer.parseInt(prompt)));
        return new Evaluated(name, List.of(measure.of(subject)));
    }

    /** Gives each pair the share by both answers; NaN leaves it unscored. */
    private Function<List<JudgedItem>, List<Judgement>> shares(BiFunction<String, String, Double> share) {
        return items -> items.stream()
                .map(item -> {
                    asked.add(item);
                    double value =
                            share.apply(item.answers().get(0), item.answers().get(1));
                    Verdict<Double> verdict = Double.isNaN(value)
                            ? Verdict.unscored(UnscoredReason.JUDGE_FAILED, "no connection", "")
                            : Verdict.scored(value, "");
                    return new Judgement("j", "", verdict, List.of(new Opinion("both", verdict, 0)));
                })
                .toList();
    }

    private static Function<List<JudgedItem>, List<Judgement>> judge(Rater rater) {
        PairJudge judge = PairJudge.of("j", rater);
        return items -> items.stream().map(item -> judge.judge(item, 0)).toList();
    }

    private static WinsSummary.Order order(Wins wins) {
        return Objects.requireNonNull(wins.figures().order());
    }

    private static Estimate rate(Wins wins) {
        return Objects.requireNonNull(wins.figures().rate().estimate());
    }

    @Test
    void tiesCountOneHalf() throws IOException {
        WinsMeasure measure = measure(100);
        Evaluated ours = model(measure, "ours", i -> i < 3 ? "good" : i < 8 ? "bad" : "fair " + i);
        Evaluated theirs = model(measure, "theirs", i -> "plain " + i);

        Wins wins =
                measure.compare(ours, theirs, shares((a, b) -> a.equals("good") ? 1.0 : a.equals("bad") ? 0.0 : 0.5));

        // (3 + 92 / 2) / 100; Wilson: (0.49 + z^2/200 +- z sqrt(0.49 * 0.51 / 100 + z^2/40000)) / (1 + z^2/100)
        assertThat(rate(wins).value()).isCloseTo(0.49, within(1e-12));
        assertThat(rate(wins).interval().low()).isCloseTo(0.3942, within(5e-5));
        assertThat(rate(wins).interval().high()).isCloseTo(0.5865, within(5e-5));
        assertThat(List.of(
                        wins.figures().won(),
                        wins.figures().tied(),
                        wins.figures().lost()))
                .containsExactly(3L, 92L, 5L);
        assertThat(wins.figures().readings()).extracting(Reading::category).containsExactly("", "even", "odd");
        // Even: prompts 0, 2 won, 4, 6 lost, 46 tied.
        assertThat(Objects.requireNonNull(wins.figures().readings().get(1).estimate())
                        .value())
                .isEqualTo(0.5);
    }

    @Test
    void pairsWithoutAVerdictAreInNoRate() throws IOException {
        WinsMeasure measure = measure(4);
        Evaluated ours = model(measure, "ours", i -> "a" + i);
        Evaluated theirs = model(measure, "theirs", i -> "b" + i);

        Wins wins = measure.compare(
                ours, theirs, shares((a, b) -> a.equals("a0") ? Double.NaN : a.equals("a1") ? 0.25 : 1.0));

        assertThat(rate(wins).value()).isCloseTo(2.25 / 3, within(1e-12));
        assertThat(wins.figures().rate().unscored()).isEqualTo(Map.of(UnscoredReason.JUDGE_FAILED, 1L));
        assertThat(wins.comparisons())
                .extracting(Comparison::outcome)
                .startsWith(Comparison.Outcome.UNSCORED, Comparison.Outcome.LOST, Comparison.Outcome.WON);
        assertThat(wins.comparisons().get(0).detail()).isEqualTo("no connection");
    }

    @Test
    void equalAnswersAndSilenceAreNotJudged() throws IOException {
        WinsMeasure measure = measure(4);
        Evaluated ours = model(measure, "ours", i -> i == 0 ? "same" : i == 1 ? "" : "a");
        Evaluated theirs = model(measure, "theirs", i -> i == 0 ? "same" : i == 2 ? "..." : "b");

        Wins wins = measure.compare(ours, theirs, shares((a, b) -> 1.0));

        assertThat(asked).hasSize(1);
        assertThat(rate(wins).value()).isEqualTo(0.75);
        assertThat(rate(wins).count()).isEqualTo(2);
        assertThat(wins.figures().rate().unscored()).isEqualTo(Map.of(UnscoredReason.NO_ANSWER, 2L));
        assertThat(wins.figures().notes()).contains("1 of 4 pairs of answers are equal, and count as ties");
        Reading silent = ours.in("duel").reading("no_answer").orElseThrow();
        assertThat(Objects.requireNonNull(silent.estimate()).value()).isEqualTo(0.25);
    }

    @Test
    void bothOrdersAreTurnedBack() throws IOException {
        WinsMeasure measure = measure(2);
        Evaluated ours = model(measure, "ours", i -> "good " + i);
        Evaluated theirs = model(measure, "theirs", i -> "bad " + i);

        Wins wins = measure.compare(ours, theirs, judge(ScriptedRater.prefers("good")));

        assertThat(rate(wins).value()).isEqualTo(1);
        assertThat(order(wins).consistent()).isEqualTo(2);
        assertThat(order(wins).firstShown()).isEqualTo(0.5);
        assertThat(Json.line(wins.comparisons().get(0)))
                .contains("\"answer\":\"good 0\",\"other\":\"bad 0\",\"share\":1.0")
                .contains("{\"asked\":\"A, B\",\"thoughts\":\"\",\"verdict\":{\"value\":1.0")
                .contains("{\"asked\":\"B, A\",\"thoughts\":\"\",\"verdict\":{\"value\":0.0");
        assertThat(rate(measure.compare(theirs, ours, judge(ScriptedRater.prefers("good"))))
                        .value())
                .isZero();
    }

    @Test
    void aJudgeThatAlwaysSaysFirstDecidesNothing() throws IOException {
        WinsMeasure measure = measure(3);
        Evaluated ours = model(measure, "ours", i -> "a" + i);
        Evaluated theirs = model(measure, "theirs", i -> "b" + i);

        Wins first = measure.compare(ours, theirs, judge(ScriptedRater.says(1, 1, 1, 1, 1, 1)));
        // A tie in one order and a win in the other: (0.5 + 1 - 0) / 2.
        Wins half = measure.compare(ours, theirs, judge(ScriptedRater.says(0.5, 0, 0.5, 0, 0.5, 0)));

        assertThat(rate(first).value()).isEqualTo(0.5);
        assertThat(order(first).inconsistent()).isEqualTo(3);
        assertThat(order(first).firstShown()).isEqualTo(1);
        assertThat(first.figures().tied()).isEqualTo(3);
        // (0.9 + 1 - 0.8) / 2 = 0.55, with another side in each order: no win.
        Wins uneven = measure.compare(ours, theirs, judge(ScriptedRater.says(0.9, 0.8, 0.9, 0.8, 0.9, 0.8)));
        assertThat(rate(uneven).value()).isCloseTo(0.55, within(1e-12));
        assertThat(uneven.figures().tied()).isEqualTo(3);
        assertThat(rate(half).value()).isEqualTo(0.75);
        assertThat(order(half).halfConsistent()).isEqualTo(3);
    }

    @Test
    void lengthThatDecidesIsFlagged() throws IOException {
        WinsMeasure measure = measure(40);
        Evaluated ours = model(measure, "ours", i -> "x".repeat(i < 30 ? 40 + i : 20));
        Evaluated theirs = model(measure, "theirs", i -> "y".repeat(30));

        Wins wins = measure.compare(ours, theirs, shares((a, b) -> a.length() > b.length() ? 1.0 : 0.0));

        assertThat(rate(wins).value()).isEqualTo(0.75);
        assertThat(wins.figures().lengthControlled().asOptional().orElseThrow()).isLessThan(0.65);
        assertThat(wins.figures().farFromRaw()).isTrue();
        assertThat(wins.figures().notes()).singleElement().asString().contains("longer answers are preferred");
    }

    @Test
    void aLengthControlledRateThatCannotBeComputedIsAbsent() throws IOException {
        WinsMeasure measure = measure(4);
        Evaluated ours = model(measure, "ours", i -> "a".repeat(i + 1));
        Evaluated theirs = model(measure, "theirs", i -> "b");

        Wins few = measure.compare(ours, theirs, shares((a, b) -> 1.0));
        Wins none = measure.compare(ours, theirs, shares((a, b) -> Double.NaN));

        assertThat(few.figures().lengthControlled()).isInstanceOf(Figure.Undefined.class);
        assertThat(few.figures().notes()).singleElement().asString().contains("5 folds need as many items");
        assertThat(none.figures().rate().estimate()).isNull();
        assertThat(none.figures().notes()).containsExactly("no length-controlled win rate: no item has a verdict");
    }

    /** Three models; a model's name does not matter for who wins, but its answers "1", "2", "3" by strength. */
    private Standings standings(WinsMeasure measure, String one, String two, String three) {
        Evaluated first = model(measure, one, i -> "1 of " + i);
        Evaluated second = model(measure, two, i -> "2 of " + i);
        Evaluated third = model(measure, three, i -> "3 of " + i);
        Function<List<JudgedItem>, List<Judgement>> judge = shares((a, b) -> a.charAt(0) < b.charAt(0) ? 0.75 : 0.25);
        return Standings.of(
                "duel",
                List.of(
                        measure.compare(first, second, judge),
                        measure.compare(first, third, judge),
                        measure.compare(second, third, judge)));
    }

    @Test
    void namesDoNotMatterForStrengths() throws IOException {
        WinsMeasure measure = measure(8);

        Standings standings = standings(measure, "a", "b", "c");
        Standings renamed = standings(measure, "z", "a", "m");

        // The middle model wins a quarter against the first and three quarters against the last: it is at 0 by
        // symmetry,
        // and the first has 12 expected wins of 16: 2 p(s) + ... , the same for all resamples as all shares are equal.
        assertThat(strength(standings, "b")).isCloseTo(0, within(1e-9));
        assertThat(strength(standings, "a"))
                .isCloseTo(-strength(standings, "c"), within(1e-9))
                .isPositive();
        assertThat(strength(renamed, "z")).isCloseTo(strength(standings, "a"), within(1e-12));
        assertThat(renamed.intervals().get("z").low())
                .isCloseTo(standings.intervals().get("a").low(), within(1e-12));
        assertThat(standings.ratings().ratings())
                .extracting(rating -> rating.model())
                .containsExactly("a", "b", "c");
        // 0.75 + 0.75 expected wins: sigma(s) + sigma(2 s) = 1.5.
        double s = strength(standings, "a");
        assertThat(1 / (1 + Math.exp(-s)) + 1 / (1 + Math.exp(-2 * s))).isCloseTo(1.5, within(1e-8));
        assertThat(standings.notes()).isEmpty();
    }

    private static double strength(Standings standings, String model) {
        return standings.ratings().of(model).strength().asOptional().orElseThrow();
    }

    @Test
    void modelsWithoutAFiniteRatingAreNamed() throws IOException {
        WinsMeasure measure = measure(6);
        Evaluated first = model(measure, "first", i -> "a" + i);
        Evaluated second = model(measure, "second", i -> "b" + i);
        Evaluated loser = model(measure, "loser", i -> "z" + i);
        Evaluated silent = model(measure, "silent", i -> "");
        Function<List<JudgedItem>, List<Judgement>> judge =
                shares((a, b) -> b.startsWith("z") ? 1.0 : a.equals("a0") ? 1.0 : 0.5);

        Standings standings = Standings.of(
                "duel",
                List.of(
                        measure.compare(first, second, judge),
                        measure.compare(first, loser, judge),
                        measure.compare(second, loser, judge),
                        measure.compare(first, silent, judge)));

        assertThat(standings.intervals()).containsOnlyKeys("first", "second");
        assertThat(standings.notes())
                .contains(
                        "loser: undefined: no finite rating: it lost every battle",
                        "silent: no finite rating: no pair of it has a verdict");
    }

    @Test
    void aMeasureOfWinsNeedsABaseline() throws IOException {
        Suite suite = suite(1, "judge: {model: j}");

        suite.requireModels(2);
        assertThatThrownBy(() -> suite.requireModels(1))
                .isInstanceOf(BadInputException.class)
                .hasMessage(folder.resolve("suite.yaml") + ":3: found the measure 'duel' of kind wins, and no model to"
                        + " compare with, expected --against MODEL; add it, or remove the measure");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            temperature: 0                        | suite.yaml:3: found nothing for 'measures.0.judge', expected {model: DIR},
            judge: {reward: r}, question: Q       | a reward model is asked none
            judge: {reward: r}, samples: 2        | samples
            judge: {verdict: replies}             | no 'measures.0.judge.model'
            judge: {model: m, verdict: guess}     | verdict
            """)
    void faultsAreNamed(String keys, String message) {
        assertThatThrownBy(() -> suite(1, keys))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(message);
    }
}
