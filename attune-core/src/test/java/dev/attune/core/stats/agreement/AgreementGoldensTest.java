package dev.attune.core.stats.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.error.BadInputException;
import dev.attune.core.stats.Figure;
import dev.attune.core.stats.Goldens;
import dev.attune.core.stats.Krippendorff;
import dev.attune.core.stats.agreement.CohenKappa.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@Tag("shared")
class AgreementGoldensTest {
    private static final double TOLERANCE = 1e-9;

    @Test
    void cohensKappaIsThatOfScikitLearn() {
        for (JsonNode one : Goldens.cases("agreement", "cohen_kappa")) {
            List<Double> a = list(one.get("inputs").get("a"));
            List<Double> b = list(one.get("inputs").get("b"));
            JsonNode labels = one.get("inputs").get("labels");
            for (Weights weights : Weights.values()) {
                CohenKappa kappa =
                        labels.isNull() ? CohenKappa.of(a, b, weights) : CohenKappa.of(a, b, list(labels), weights);
                JsonNode output = one.get("outputs").get(weights.name().toLowerCase(Locale.ROOT));
                Goldens.compare(kappa.kappa(), output, TOLERANCE, one.get("id") + " " + weights);
            }
        }
    }

    @Test
    void fleissKappaIsThatOfStatsmodels() {
        for (JsonNode one : Goldens.cases("agreement", "fleiss_kappa")) {
            int[][] counts = Arrays.stream(Goldens.table(one.get("inputs").get("items_by_categories")))
                    .map(row ->
                            Arrays.stream(row).mapToInt(value -> (int) value).toArray())
                    .toArray(int[][]::new);
            JsonNode outputs = one.get("outputs");
            if (outputs.get("fleiss").isObject()) {
                assertThatThrownBy(() -> FleissKappa.of(counts))
                        .isInstanceOf(BadInputException.class)
                        .hasMessageContaining("ratings of item");
                continue;
            }
            FleissKappa kappa = FleissKappa.of(counts);
            String id = one.get("id").asString();
            Goldens.compare(kappa.fleiss(), outputs.get("fleiss"), TOLERANCE, id);
            Goldens.compare(kappa.randolph(), outputs.get("randolph"), TOLERANCE, id);
        }
    }

    @Test
    void alphaIsThatOfThePackageKrippendorff() {
        for (JsonNode one : Goldens.cases("agreement", "krippendorff_alpha")) {
            double[][] ratings = Goldens.table(one.get("inputs").get("raters_by_units"));
            for (Krippendorff.Metric metric : Krippendorff.Metric.values()) {
                JsonNode output = one.get("outputs").get(metric.name().toLowerCase(Locale.ROOT));
                Figure alpha = Krippendorff.figure(ratings, metric);
                Goldens.compare(alpha, output, TOLERANCE, one.get("id") + " " + metric);
            }
        }
    }

    @Test
    void kendallsWIsThatOfScipysRanks() {
        for (JsonNode one : Goldens.cases("agreement", "kendall_w")) {
            double[][] scores = Goldens.table(one.get("inputs").get("raters_by_items"));
            JsonNode outputs = one.get("outputs");
            if (outputs.has("error")) {
                assertThatThrownBy(() -> Concordance.of(scores))
                        .isInstanceOf(BadInputException.class)
                        .hasMessageContaining("missing ranks");
                continue;
            }
            Concordance concordance = Concordance.of(scores);
            String id = one.get("id").asString();
            Goldens.compare(concordance.w(), outputs.get("W"), TOLERANCE, id);
            Goldens.close(concordance.ties(), outputs.get("sum_T"), TOLERANCE, id);
            Goldens.compare(concordance.chiSquared(), outputs.get("chi2"), TOLERANCE, id);
            Goldens.compare(concordance.p(), outputs.get("p_value"), TOLERANCE, id);
        }
    }

    @Test
    void rankCorrelationsAreThoseOfScipy() {
        for (JsonNode one : Goldens.cases("agreement", "rank_correlation")) {
            double[] x = Goldens.numbers(one.get("inputs").get("x"));
            double[] y = Goldens.numbers(one.get("inputs").get("y"));
            JsonNode outputs = one.get("outputs");
            compare(RankCorrelation.spearman(x, y), outputs.get("spearman"));
            compare(RankCorrelation.kendall(x, y), outputs.get("kendall_tau_b"));
            if (outputs.has("spearman_pairs_with_missing_left_out")) {
                double[][] pairs = RankCorrelation.completePairs(x, y);
                assertThat(pairs[0]).hasSize(3);
                compare(
                        RankCorrelation.spearman(pairs[0], pairs[1]),
                        outputs.get("spearman_pairs_with_missing_left_out"));
                compare(
                        RankCorrelation.kendall(pairs[0], pairs[1]),
                        outputs.get("kendall_tau_b_pairs_with_missing_left_out"));
            }
        }
    }

    private static void compare(RankCorrelation correlation, JsonNode output) {
        Goldens.compare(correlation.correlation(), output.get("statistic"), TOLERANCE, "correlation");
        Goldens.compare(correlation.p(), output.get("p_value"), TOLERANCE, "p");
    }

    private static List<Double> list(JsonNode array) {
        return Arrays.stream(Goldens.numbers(array)).boxed().toList();
    }
}
