package dev.attune.core.stats.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TailsTest {
    @Test
    void normalTailsAreThoseOfTables() {
        assertThat(Tails.normal(0)).isCloseTo(0.5, within(1e-15));
        assertThat(Tails.normal(1.959963984540054)).isCloseTo(0.025, within(1e-14));
        assertThat(Tails.normal(-1)).isCloseTo(0.8413447460685429, within(1e-14));
        assertThat(Tails.normal(6) / 9.865876450376946e-10).isCloseTo(1, within(1e-12));
        assertThat(Tails.normal(Double.POSITIVE_INFINITY)).isZero();
    }

    /** With 1 degree of freedom t is Cauchy, with 2 it has a closed form too. */
    @Test
    void studentsTailsHaveTheirClosedForms() {
        for (double t : new double[] {0, 0.3, 1, 2.5, 40}) {
            assertThat(Tails.studentTwoSided(t, 1)).isCloseTo(1 - 2 / Math.PI * Math.atan(t), within(1e-13));
            assertThat(Tails.studentTwoSided(-t, 2)).isCloseTo(1 - t / Math.sqrt(2 + t * t), within(1e-13));
        }
        assertThat(Tails.studentTwoSided(Double.POSITIVE_INFINITY, 5)).isZero();
    }

    /** With 2 degrees of freedom chi-squared is exponential; with 4 it is a sum of two. */
    @Test
    void chiSquaredTailsHaveTheirClosedForms() {
        for (double x : new double[] {0, 0.5, 3, 27.4}) {
            assertThat(Tails.chiSquared(x, 2)).isCloseTo(Math.exp(-x / 2), within(1e-14));
            assertThat(Tails.chiSquared(x, 4)).isCloseTo(Math.exp(-x / 2) * (1 + x / 2), within(1e-14));
        }
    }

    @Test
    void coinsAreCounted() {
        assertThat(Tails.fairCoins(1, 4)).isCloseTo(5.0 / 16, within(1e-14));
        assertThat(Tails.fairCoins(0, 10)).isCloseTo(1.0 / 1024, within(1e-14));
        assertThat(Tails.fairCoins(4, 4)).isEqualTo(1);
        assertThat(Tails.fairCoins(-1, 4)).isZero();
        assertThat(Tails.fairCoins(0, 0)).isEqualTo(1);
    }

    @Test
    void betaQuantilesInvertTheDistribution() {
        for (double share : new double[] {0, 1e-6, 0.025, 0.5, 0.975, 1}) {
            double x = BetaFunction.quantile(share, 3, 7.5);
            assertThat(BetaFunction.regularised(x, 3, 7.5)).isCloseTo(share, within(1e-12));
        }
        assertThat(BetaFunction.quantile(0.2, 1, 1)).isCloseTo(0.2, within(1e-14));
        assertThat(Math.exp(GammaFunction.log(6))).isCloseTo(120, within(1e-11));
        assertThat(Math.exp(GammaFunction.log(0.25) + GammaFunction.log(0.75)))
                .isCloseTo(Math.PI * Math.sqrt(2), within(1e-12));
        assertThatThrownBy(() -> BetaFunction.regularised(1.1, 1, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
