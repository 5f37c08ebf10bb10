package dev.attune.core.stats.rating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.stats.Summary;
import org.junit.jupiter.api.Test;

class BradleyTerryFitTest {
    /** The baseball season of 1987 in Agresti's Categorical Data Analysis: strengths against Baltimore. */
    @Test
    void fitsBradleyTerryToThePublishedSeason() {
        double[][] wins = {
            {0, 7, 9, 7, 7, 9, 11}, // Milwaukee
            {6, 0, 7, 5, 11, 9, 9}, // Detroit
            {4, 6, 0, 7, 7, 8, 12}, // Toronto
            {6, 8, 6, 0, 6, 7, 10}, // New York
            {6, 2, 6, 7, 0, 7, 12}, // Boston
            {4, 4, 5, 6, 6, 0, 6}, // Cleveland
            {2, 4, 1, 3, 1, 7, 0} // Baltimore
        };
        double[] published = {1.5814, 1.4364, 1.2945, 1.2476, 1.1077, 0.6839, 0};
        BradleyTerryFit fit = BradleyTerryFit.fit(wins);
        for (int team = 0; team < 7; team++) {
            assertThat(fit.strengths()[team] - fit.strengths()[6]).isCloseTo(published[team], within(5e-5));
        }
        assertThat(Summary.mean(fit.strengths())).isCloseTo(0, within(1e-12));
        assertThat(fit.probability(0, 6)).isCloseTo(1 / (1 + Math.exp(-1.5814)), within(1e-4));
    }

    @Test
    void refusesStrengthsThatAreNotFinite() {
        double[][] oneSided = {{0, 3}, {0, 0}};
        assertThatThrownBy(() -> BradleyTerryFit.fit(oneSided)).hasMessageContaining("without a prior");
        // Three wins and one drawn game: 3.5 against 0.5.
        BradleyTerryFit fit = BradleyTerryFit.fit(oneSided, 1);
        assertThat(fit.strengths()[0] - fit.strengths()[1]).isCloseTo(Math.log(7), within(1e-8));
    }
}
