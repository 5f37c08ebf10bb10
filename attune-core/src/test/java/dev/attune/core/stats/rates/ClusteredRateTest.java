package dev.attune.core.stats.rates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClusteredRateTest {
    private static Tally group(long hits, long rows) {
        return new Tally(rows, hits, Map.of());
    }

    @Test
    void rowsOfAGroupThatAreAlikeCountAsOne() {
        // Rate 0.5; variance ((2 - 1)^2 + (0 - 1)^2) 2 / 1 / 4^2 = 0.25; 0.25 / 0.25 = 1, raised to the 2 groups.
        assertThat(ClusteredRate.effectiveRows(List.of(group(2, 2), group(0, 2))))
                .isEqualTo(2);
    }

    @Test
    void rowsOfGroupsThatDoNotDifferCountAsTheyAre() {
        assertThat(ClusteredRate.effectiveRows(Collections.nCopies(4, group(1, 10))))
                .isEqualTo(40);
    }

    @Test
    void betweenBoth() {
        // Rate 0.5; variance 2 (2 - 1)^2 + 2 (0 - 1)^2 + 4 (1 - 1)^2 = 4, times 8 / 7 / 16^2 is 1 / 56; 0.25 56 = 14.
        List<Tally> groups = List.of(
                group(2, 2), group(2, 2), group(0, 2), group(0, 2), group(1, 2), group(1, 2), group(1, 2), group(1, 2));
        assertThat(ClusteredRate.effectiveRows(groups)).isCloseTo(14, within(1e-12));
    }

    @Test
    void nothingScoredHasNoRows() {
        assertThat(ClusteredRate.effectiveRows(List.of(group(0, 0)))).isZero();
    }
}
