package dev.attune.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.error.BadInputException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CalibrationTest {
    @Test
    void theLastBinHasOneAndTheFirstHasZero() {
        assertThat(Calibration.of(new double[] {1, 1}, new double[] {0, 0}, 10).expectedError())
                .isEqualTo(1);
        Calibration zero = Calibration.of(new double[] {0, 0.1}, new double[] {1, 1}, 10);
        assertThat(zero.bins()).extracting(Calibration.Bin::count).containsExactly(2L);
        assertThat(zero.expectedError()).isCloseTo(0.95, within(1e-12));
    }

    @Test
    void edgesBelongToTheBinBelowThem() {
        for (int count : new int[] {3, 7, 10, 15, 20}) {
            EqualWidthBins above = EqualWidthBins.closedAbove(count);
            EqualWidthBins below = EqualWidthBins.closedBelow(count);
            for (int edge = 1; edge < count; edge++) {
                double value = (double) edge / count;
                assertThat(above.indexOf(value)).isEqualTo(edge - 1);
                assertThat(below.indexOf(value)).isEqualTo(edge);
                assertThat(above.indexOf(Math.nextUp(value))).isEqualTo(edge);
                assertThat(below.indexOf(Math.nextDown(value))).isEqualTo(edge - 1);
            }
            assertThat(below.indexOf(1)).isEqualTo(count - 1);
        }
    }

    @Test
    void leftOverRowsCountToo() {
        double[] p = new double[250];
        double[] y = new double[250];
        Arrays.setAll(p, i -> (249 - i) / 250.0);
        Calibration calibration = Calibration.ofEqualCounts(p, y, 100);
        assertThat(calibration.bins()).extracting(Calibration.Bin::count).containsExactly(100L, 100L, 50L);
        assertThat(calibration.expectedError()).isCloseTo(Summary.mean(p), within(1e-12));
        // Equal predictions stay together: 0.2 0.2 0.2 | 0.9.
        Calibration ties = Calibration.ofEqualCounts(new double[] {0.2, 0.9, 0.2, 0.2}, new double[] {1, 1, 0, 0}, 2);
        assertThat(ties.bins()).extracting(Calibration.Bin::count).containsExactly(3L, 1L);
        assertThat(ties.largestError()).isCloseTo(1.0 / 3 - 0.2, within(1e-12));
    }

    @Test
    void refusesWhatIsNoProbability() {
        assertThatThrownBy(() -> Calibration.of(new double[] {0.5, Double.NaN}, new double[] {1, 1}, 10))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> Calibration.of(new double[] {85}, new double[] {1}, 10))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("percentages");
    }

    @Test
    void readsStatedConfidences() {
        assertThat(StatedConfidence.parse("100%")).hasValue(1);
        assertThat(StatedConfidence.parse("0%")).hasValue(0);
        assertThat(StatedConfidence.parse(" 85 % ")).hasValue(0.85);
        assertThat(StatedConfidence.parse("0")).hasValue(0);
        assertThat(StatedConfidence.parse(".5")).hasValue(0.5);
        assertThat(StatedConfidence.parse("85")).isEmpty();
        assertThat(StatedConfidence.parse("120%")).isEmpty();
        assertThat(StatedConfidence.parse("high")).isEmpty();
    }

    @Test
    void areaUnderTheCurveCountsTiesHalf() {
        // Pairs of a positive and a negative: 0.5 = 0.5 (half), 0.5 > 0.1, 0.9 > 0.5, 0.9 > 0.1.
        boolean[] positive = {true, false, true, false};
        assertThat(Auroc.of(new double[] {0.5, 0.5, 0.9, 0.1}, positive)).isEqualTo(Figure.of(3.5 / 4));
        assertThat(Auroc.of(new double[0], new boolean[0])).isInstanceOf(Figure.Undefined.class);
    }
}
