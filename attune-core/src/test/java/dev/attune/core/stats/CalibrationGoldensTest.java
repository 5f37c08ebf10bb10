package dev.attune.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.error.BadInputException;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@Tag("shared")
class CalibrationGoldensTest {
    private static final double TOLERANCE = 1e-9;

    @Test
    void figuresAreThoseOfScikitLearn() {
        for (JsonNode one : Goldens.cases("calibration", "")) {
            double[] p = Goldens.numbers(one.get("inputs").get("probability"));
            double[] y = Goldens.numbers(one.get("inputs").get("label"));
            JsonNode outputs = one.get("outputs");
            boolean[] positive = new boolean[y.length];
            for (int i = 0; i < y.length; i++) {
                positive[i] = y[i] == 1;
            }
            Goldens.compare(
                    Auroc.of(p, positive),
                    outputs.get("auroc"),
                    TOLERANCE,
                    one.get("id").asString());
            if (p.length == 0) {
                assertThat(Goldens.isUndefined(outputs.get("brier"))).isTrue();
                assertThatThrownBy(() -> Calibration.of(p, y, 10)).isInstanceOf(BadInputException.class);
                continue;
            }
            Goldens.close(Calibration.of(p, y, 10).brier(), outputs.get("brier"), TOLERANCE, "brier");
            compareBins(p, y, outputs, 10);
            compareBins(p, y, outputs, 15);
        }
    }

    private static void compareBins(double[] p, double[] y, JsonNode outputs, int count) {
        JsonNode bins = outputs.get("bins_" + count);
        Calibration calibration = Calibration.of(p, y, count);
        Goldens.close(calibration.expectedError(), bins.get("ece"), TOLERANCE, "ece");
        Goldens.close(calibration.largestError(), bins.get("mce"), TOLERANCE, "mce");
        Goldens.close(
                Calibration.of(p, y, EqualWidthBins.closedBelow(count)).expectedError(),
                bins.get("ece_left_closed"),
                TOLERANCE,
                "ece, [low, high)");
        Goldens.close(
                Calibration.ofAnswers(p, y, count).expectedError(), bins.get("ece_top_label"), TOLERANCE, "top label");
        double[] counts = new double[count];
        calibration.bins().forEach(bin -> counts[(int) Math.round(bin.low() * count)] = bin.count());
        assertThat(counts).containsExactly(Goldens.numbers(bins.get("counts")));
        assertThat(Arrays.stream(counts).sum()).isEqualTo(p.length);
    }
}
