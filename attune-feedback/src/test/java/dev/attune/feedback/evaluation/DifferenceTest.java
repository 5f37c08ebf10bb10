package dev.attune.feedback.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DifferenceTest {
    /** Prompt {@code i} has the value {@code values[i]}; NaN leaves it unscored. */
    private static Measured measured(Goal goal, double... values) {
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            Map<String, Double> value = Double.isNaN(values[i]) ? Map.of() : Map.of("right", values[i]);
            items.add(new Item("line " + i, 0, "", "", "", "", value, Map.of()));
        }
        return new Measured(
                "sums", "questions", new Readings(items).rate("right", goal).list(), items, List.of());
    }

    @Test
    void promptsThatBothScoredArePaired() {
        Difference found = Difference.of(
                        List.of(measured(Goal.HIGHER, 1, 1, 0, Double.NaN)), List.of(measured(Goal.HIGHER, 0, 1, 0, 1)))
                .get(0);

        assertThat(found.paired().mean()).isCloseTo(1 / 3.0, within(1e-12));
        assertThat(found.paired().rows()).isEqualTo(3);
        assertThat(found.verdict()).isEmpty();
    }

    @Test
    void aClearDifferenceIsJudgedByTheGoal() {
        double[] ones = new double[30];
        double[] zeros = new double[30];
        Arrays.fill(ones, 1);
        zeros[0] = 1;

        assertThat(verdict(Goal.HIGHER, ones, zeros)).isEqualTo("better");
        assertThat(verdict(Goal.LOWER, ones, zeros)).isEqualTo("worse");
        assertThat(verdict(Goal.LOWER, zeros, ones)).isEqualTo("better");
        assertThat(verdict(Goal.NEITHER, ones, zeros)).isEmpty();
    }

    private static String verdict(Goal goal, double[] model, double[] baseline) {
        return Difference.of(List.of(measured(goal, model)), List.of(measured(goal, baseline)))
                .get(0)
                .verdict();
    }
}
