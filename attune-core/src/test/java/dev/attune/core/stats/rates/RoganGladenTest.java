package dev.attune.core.stats.rates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.error.BadInputException;
import dev.attune.core.stats.Interval;
import dev.attune.core.stats.Wilson;
import org.junit.jupiter.api.Test;

class RoganGladenTest {
    private static final JudgeAccuracy JUDGE = new JudgeAccuracy(90, 100, 80, 100);

    @Test
    void theCorrectedIntervalCoversAndTheUncorrectedDoesNot() {
        JudgeSimulation.Coverage coverage = new JudgeSimulation(0.2, 0.9, 0.8, 300, 100, 100).run(2000, 7);
        assertThat(coverage.corrected()).isGreaterThanOrEqualTo(0.93);
        assertThat(coverage.uncorrected()).isLessThan(0.5);
    }

    @Test
    void correctsByTheFormula() {
        CorrectedRate rate = RoganGladen.correct(30, 100, JUDGE);
        assertThat(rate.unclipped()).isCloseTo(0.1 / 0.7, within(1e-12));
        assertThat(rate.notes()).isEmpty();
        assertThat(rate.estimate().interval().contains(0.1 / 0.7)).isTrue();
        double width =
                rate.unclippedInterval().high() - rate.unclippedInterval().low();
        CorrectedRate known = RoganGladen.correctKnown(30, 100, 0.9, 0.8, Interval.LEVEL);
        assertThat(known.unclippedInterval().high() - known.unclippedInterval().low())
                .isLessThan(width);
        assertThat(known.unclippedInterval().low())
                .isCloseTo((Wilson.interval(30, 100, 0.95).low() - 0.2) / 0.7, within(1e-12));
        assertThat(known.estimate().value()).isEqualTo(rate.estimate().value());
    }

    @Test
    void clippedRatesCarryANote() {
        CorrectedRate rate = RoganGladen.correct(10, 100, JUDGE);
        assertThat(rate.unclipped()).isCloseTo(-0.1 / 0.7, within(1e-12));
        assertThat(rate.estimate().value()).isZero();
        assertThat(rate.notes().get(0)).startsWith("the corrected rate is -0.143 by formula, shown as 0");
    }

    @Test
    void refusesJudgesNoBetterThanChance() {
        assertThatThrownBy(() -> RoganGladen.unclipped(0.5, 0.5, 0.5))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("no better than chance");
        assertThatThrownBy(() -> RoganGladen.correct(5, 10, new JudgeAccuracy(4, 10, 5, 10)))
                .isInstanceOf(BadInputException.class);
        // Better than chance by the samples, but not once each sample is drawn towards one half.
        assertThatThrownBy(() -> RoganGladen.correct(5, 10, new JudgeAccuracy(1, 1, 60, 1000)))
                .isInstanceOf(BadInputException.class);
        assertThatThrownBy(() -> new JudgeAccuracy(0, 0, 5, 10)).isInstanceOf(BadInputException.class);
        assertThatThrownBy(() -> RoganGladen.correct(0, 0, JUDGE))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("no rows");
    }
}
