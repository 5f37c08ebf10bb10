package dev.attune.core.stats.rates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.error.BadInputException;
import dev.attune.core.stats.Estimate;
import dev.attune.core.stats.Goldens;
import dev.attune.core.stats.Interval;
import dev.attune.core.stats.Normal;
import dev.attune.core.stats.Summary;
import dev.attune.core.stats.Wilson;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@Tag("shared")
class RatesGoldensTest {
    private static final double TOLERANCE = 1e-9;

    @Test
    void correctedRatesAreThoseOfLangAndReiczigel() {
        for (JsonNode one : Goldens.cases("rates", "rogan_gladen")) {
            JsonNode in = one.get("inputs");
            JsonNode out = one.get("outputs");
            JudgeAccuracy judge = new JudgeAccuracy(
                    in.get("x_se").asLong(),
                    in.get("n_se").asLong(),
                    in.get("x_sp").asLong(),
                    in.get("n_sp").asLong());
            long x = in.get("x").asLong();
            long n = in.get("n").asLong();
            double level = in.get("level").asDouble();
            Goldens.close(judge.sensitivity(), out.get("sensitivity"), TOLERANCE, "sensitivity");
            Goldens.close(judge.specificity(), out.get("specificity"), TOLERANCE, "specificity");
            if (Goldens.isUndefined(out.get("estimate"))) {
                assertThatThrownBy(() -> RoganGladen.correct(x, n, judge, level))
                        .isInstanceOf(BadInputException.class)
                        .hasMessageContaining("a sum above 1");
                continue;
            }
            CorrectedRate rate = RoganGladen.correct(x, n, judge, level);
            compare(rate, out);
            LangReiczigel parts = LangReiczigel.of(x, n, judge, Normal.quantile(0.5 + level / 2));
            Goldens.close(parts.rate(), out.get("modified_estimate"), TOLERANCE, "modified");
            Goldens.close(parts.shift(), out.get("shift"), TOLERANCE, "shift");
            Goldens.close(parts.halfWidth(), out.get("half_width"), TOLERANCE, "half width");
        }
    }

    private static void compare(CorrectedRate rate, JsonNode out) {
        Estimate estimate = rate.estimate();
        Goldens.close(rate.apparent(), out.get("apparent"), TOLERANCE, "apparent");
        Goldens.close(rate.unclipped(), out.get("estimate_raw"), TOLERANCE, "raw");
        Goldens.close(estimate.value(), out.get("estimate"), TOLERANCE, "estimate");
        compare(rate.unclippedInterval(), out.get("lower_raw"), out.get("upper_raw"), TOLERANCE);
        compare(estimate.interval(), out.get("lower"), out.get("upper"), TOLERANCE);
        boolean clipped = Math.abs(rate.unclipped() - estimate.value()) > 1e-12;
        assertThat(rate.notes().isEmpty()).isEqualTo(!clipped);
        if (out.has("published_interval")) {
            compare(
                    estimate.interval(),
                    out.get("published_interval").get(0),
                    out.get("published_interval").get(1),
                    5e-4);
        }
    }

    @Test
    void coverageIsThatOfTheFile() {
        int settings = 0;
        for (JsonNode one :
                Goldens.cases("rates", "rogan_gladen_coverage").get(0).get("outputs")) {
            JudgeSimulation simulation = new JudgeSimulation(
                    one.get("true_rate").asDouble(),
                    one.get("sensitivity").asDouble(),
                    one.get("specificity").asDouble(),
                    one.get("n").asInt(),
                    one.get("n_se").asInt(),
                    one.get("n_sp").asInt());
            JudgeSimulation.Coverage coverage = simulation.run(20_000, 11);
            Goldens.close(coverage.corrected(), one.get("coverage"), 0.015, "coverage");
            // The file does not name its interval for a known accuracy; ours is Wilson's, corrected.
            Goldens.close(coverage.known(), one.get("coverage_if_se_sp_taken_as_known"), 0.03, "known");
            assertThat(coverage.known()).isLessThan(0.9);
            settings++;
        }
        assertThat(settings).isEqualTo(3);
    }

    @Test
    void binomialIntervalsAreThoseOfStatsmodels() {
        for (JsonNode one : Goldens.cases("rates", "binomial_interval")) {
            long x = one.get("inputs").get("x").asLong();
            long n = one.get("inputs").get("n").asLong();
            double level = one.get("inputs").get("level").asDouble();
            JsonNode wilson = one.get("outputs").get("wilson");
            JsonNode exact = one.get("outputs").get("clopper_pearson");
            if (n == 0) {
                assertThat(Goldens.isUndefined(wilson.get(0))).isTrue();
                assertThatThrownBy(() -> Wilson.interval((double) x, n, level)).isInstanceOf(BadInputException.class);
                assertThatThrownBy(() -> ClopperPearson.interval(x, n, level)).isInstanceOf(BadInputException.class);
                assertThat(Tally.ofNumbers().rate()).isEmpty();
                continue;
            }
            compare(Wilson.interval((double) x, n, level), wilson.get(0), wilson.get(1), TOLERANCE);
            compare(ClopperPearson.interval(x, n, level), exact.get(0), exact.get(1), TOLERANCE);
        }
    }

    @Test
    void mcNemarsTestIsThatOfStatsmodels() {
        for (JsonNode one : Goldens.cases("rates", "mcnemar_exact")) {
            JsonNode table = one.get("inputs").get("table");
            double p =
                    McNemar.p(table.get(0).get(1).asLong(), table.get(1).get(0).asLong());
            Goldens.close(
                    p,
                    one.get("outputs").get("p_value"),
                    TOLERANCE,
                    one.get("id").asString());
        }
    }

    @Test
    void pairedBootstrapIsThatOfNumpyAndScipy() {
        for (JsonNode one : Goldens.cases("rates", "paired_bootstrap")) {
            double[] x = Goldens.numbers(one.get("inputs").get("x"));
            double[] y = Goldens.numbers(one.get("inputs").get("y"));
            double[] differences = PairedDifference.differences(x, y);
            double[] means = Arrays.stream(Goldens.table(one.get("inputs").get("index")))
                    .mapToDouble(row -> Summary.mean(
                            differences,
                            Arrays.stream(row).mapToInt(value -> (int) value).toArray()))
                    .sorted()
                    .toArray();
            PairedDifference given = PairedDifference.summarise(differences, means, 0);
            JsonNode out = one.get("outputs");
            Goldens.close(given.mean(), out.get("mean_difference"), TOLERANCE, "mean");
            Goldens.close(given.standardError(), out.get("standard_error_analytic"), TOLERANCE, "error");
            JsonNode index = out.get("given_index");
            compare(given.percentile(), index.get("lower_2_5"), index.get("upper_97_5"), TOLERANCE);
            Goldens.close(given.resampledError(), index.get("standard_error"), TOLERANCE, "resampled error");
            Goldens.close(given.atOrBelowZero(), index.get("share_at_or_below_0"), TOLERANCE, "below");
            Goldens.close(given.atOrAboveZero(), index.get("share_at_or_above_0"), TOLERANCE, "above");
            Goldens.close(given.p(), index.get("p_two_sided"), TOLERANCE, "p");
            compareRandom(PairedDifference.of(x, y, 20_000, 4), out.get("random_20000"), x);
        }
    }

    private static void compareRandom(PairedDifference own, JsonNode random, double[] x) {
        JsonNode percentile = random.get("percentile");
        double width = percentile.get(1).asDouble() - percentile.get(0).asDouble();
        boolean binary = Arrays.stream(x).allMatch(value -> value == 0 || value == 1);
        double tolerance = binary ? 1.0 / x.length + 1e-12 : 0.03 * width;
        compare(own.percentile(), percentile.get(0), percentile.get(1), tolerance);
        compare(own.bca(), random.get("bca").get(0), random.get("bca").get(1), tolerance);
    }

    private static void compare(Interval interval, JsonNode low, JsonNode high, double tolerance) {
        assertThat(interval.low()).isCloseTo(low.asDouble(), within(tolerance));
        assertThat(interval.high()).isCloseTo(high.asDouble(), within(tolerance));
    }
}
