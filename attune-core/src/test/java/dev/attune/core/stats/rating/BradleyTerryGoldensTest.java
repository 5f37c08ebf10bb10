package dev.attune.core.stats.rating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.error.BadInputException;
import dev.attune.core.stats.Goldens;
import dev.attune.core.stats.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@Tag("shared")
class BradleyTerryGoldensTest {
    @Test
    void fitsAreThoseOfChoixAndStatsmodels() {
        for (JsonNode one : fitted()) {
            JsonNode outputs = one.get("outputs");
            WinMatrix matrix = WinMatrix.of(battles(one));
            assertThat(Arrays.deepEquals(matrix.wins(), Goldens.table(outputs.get("half_win_matrix"))))
                    .isTrue();
            BradleyTerryFit fit = BradleyTerryFit.fit(matrix.wins());
            assertThat(fit.strengths()).containsExactly(Goldens.numbers(outputs.get("strengths")), within(1e-5));
            assertThat(fit.errors())
                    .containsExactly(Goldens.numbers(outputs.get("standard_errors_wald")), within(1e-5));
            Goldens.close(fit.logLikelihood(), outputs.get("log_likelihood"), 1e-6, "log-likelihood");
            Goldens.close(fit.probability(0, 1), outputs.get("win_probability_0_over_1"), 1e-5, "probability");
        }
    }

    @Test
    void resamplesWithGivenIndicesAreThoseOfChoix() {
        for (JsonNode one : fitted()) {
            List<Battle> battles = battles(one);
            List<String> models = WinMatrix.of(battles).models();
            JsonNode outputs = one.get("outputs").get("bootstrap_given_index");
            double[][] expected = Goldens.table(outputs.get("strengths"));
            double[][] indices = Goldens.table(one.get("inputs").get("bootstrap_index"));
            List<double[]> strengths = new ArrayList<>();
            for (int i = 0; i < indices.length; i++) {
                int[] index =
                        Arrays.stream(indices[i]).mapToInt(value -> (int) value).toArray();
                strengths.add(BradleyTerryFit.fit(RatingIntervals.wins(models, battles, index))
                        .strengths());
                assertThat(strengths.get(i)).containsExactly(expected[i], within(1e-5));
            }
            compare(RatingIntervals.intervals(models, strengths), outputs, 1e-5);
        }
    }

    @Test
    void ownResamplesAreNearThoseOfNumpy() {
        for (JsonNode one : fitted()) {
            RatingIntervals intervals = RatingIntervals.of(battles(one), 0, 1000, 3);
            assertThat(intervals.skipped()).isZero();
            compare(intervals.byModel(), one.get("outputs").get("bootstrap_1000_random"), 0.12);
        }
    }

    @Test
    void refusesWhatHasNoFiniteMaximum() {
        int refused = 0;
        for (JsonNode one : Goldens.cases("bradley-terry", "")) {
            if (one.get("inputs").has("half_win_matrix")) {
                double[][] wins = Goldens.table(one.get("inputs").get("half_win_matrix"));
                JsonNode strengths = one.get("outputs").get("strengths_no_prior");
                if (strengths.isObject()) {
                    assertThatThrownBy(() -> BradleyTerryFit.fit(wins)).isInstanceOf(BadInputException.class);
                    refused++;
                } else {
                    assertThat(BradleyTerryFit.fit(wins).strengths())
                            .containsExactly(Goldens.numbers(strengths), within(1e-5));
                }
                // The package's regularisation is another one, so that only the order within a group can agree.
                Ratings ratings = Ratings.of(new WinMatrix(names(wins.length), wins), 0.01);
                assertSameOrder(ratings, Goldens.numbers(one.get("outputs").get("strengths_alpha_0_01")));
            }
        }
        assertThat(refused).isEqualTo(4);
    }

    private static void assertSameOrder(Ratings ratings, double[] strengths) {
        for (List<String> group : ratings.groups()) {
            List<String> ours = ratings.ratings().stream()
                    .map(Rating::model)
                    .filter(group::contains)
                    .toList();
            List<String> theirs = group.stream()
                    .sorted(Comparator.comparingDouble((String model) -> -strengths[model.charAt(0) - 'a'])
                            .thenComparing(model -> model))
                    .toList();
            assertThat(ours).isEqualTo(theirs);
        }
    }

    private static List<JsonNode> fitted() {
        return Goldens.cases("bradley-terry", "").stream()
                .filter(one -> one.get("inputs").has("a"))
                .toList();
    }

    private static List<Battle> battles(JsonNode one) {
        double[] a = Goldens.numbers(one.get("inputs").get("a"));
        double[] b = Goldens.numbers(one.get("inputs").get("b"));
        double[] outcomes = Goldens.numbers(one.get("inputs").get("outcome_for_a"));
        return IntStream.range(0, a.length)
                .mapToObj(i -> new Battle(name((int) a[i]), name((int) b[i]), outcomes[i]))
                .toList();
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(BradleyTerryGoldensTest::name).toList();
    }

    private static String name(int model) {
        return String.valueOf((char) ('a' + model));
    }

    private static void compare(Map<String, Interval> intervals, JsonNode outputs, double tolerance) {
        double[] low = intervals.values().stream().mapToDouble(Interval::low).toArray();
        double[] high = intervals.values().stream().mapToDouble(Interval::high).toArray();
        assertThat(low).containsExactly(Goldens.numbers(outputs.get("lower_2_5")), within(tolerance));
        assertThat(high).containsExactly(Goldens.numbers(outputs.get("upper_97_5")), within(tolerance));
    }
}
