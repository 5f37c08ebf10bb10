package dev.attune.core.stats.winrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.error.BadInputException;
import dev.attune.core.stats.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WinRatesTest {
    @Test
    void zeroIsADrawAndNothingIsLeftOut() {
        List<ComparedItem> items = new ArrayList<>();
        for (double preference : new double[] {2, 1, 0, Double.NaN}) {
            items.add(ComparedItem.of(preference, "short", "a longer one"));
        }
        RawWinRate raw = RawWinRate.of(items);
        assertThat(raw.rate()).isEqualTo(Figure.of(0.5));
        assertThat(raw.missing()).isEqualTo(1);
        assertThat(raw.total()).isEqualTo(3);
        // sd of 1, 0, 0.5 is 0.5.
        assertThat(raw.standardError().asOptional().orElseThrow()).isCloseTo(0.5 / Math.sqrt(3), within(1e-12));
    }

    @Test
    void withoutAVerdictThereIsNoRate() {
        RawWinRate none = RawWinRate.of(new double[] {Double.NaN});
        assertThat(none.rate()).isEqualTo(Figure.undefined("no item has a verdict"));
        assertThat(none.discrete()).isInstanceOf(Figure.Undefined.class);
        assertThat(RawWinRate.of(new double[] {1}).standardError()).isInstanceOf(Figure.Undefined.class);
        List<ComparedItem> empty = List.of();
        assertThat(LengthControlledWinRate.of(empty, LengthModel.MINIMAL).rate())
                .isEqualTo(Figure.undefined("no item has a verdict"));
    }

    @Test
    void aRateFarFromTheRawOneIsFlagged() {
        SplittableRandom random = new SplittableRandom(2);
        List<ComparedItem> longer = new ArrayList<>();
        List<ComparedItem> fair = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            long more = 100 + random.nextInt(800);
            long change = i % 4 == 0 ? -more : more;
            boolean longerWins = random.nextDouble() < 0.9;
            longer.add(new ComparedItem(longerWins == change > 0 ? 2 : 1, 1000, 1000 + change, 0));
            fair.add(new ComparedItem(random.nextBoolean() ? 2 : 1, 1000, 1000 + change, 0));
        }
        LengthControlledWinRate biased = LengthControlledWinRate.of(longer, LengthModel.MINIMAL);
        assertThat(biased.raw().rate().asOptional().orElseThrow()).isGreaterThan(0.6);
        assertThat(biased.rate().asOptional().orElseThrow()).isCloseTo(0.5, within(0.1));
        assertThat(biased.isFarFromRaw()).isTrue();
        assertThat(biased.notes().get(0)).endsWith("longer answers are preferred");
        assertThat(biased.fit().orElseThrow().length()).isNegative();
        LengthControlledWinRate plain = LengthControlledWinRate.of(fair, LengthModel.MINIMAL);
        assertThat(plain.isFarFromRaw()).isFalse();
        assertThat(plain.notes()).isEmpty();
    }

    @Test
    void refusesOtherCodings() {
        assertThatThrownBy(() -> new ComparedItem(0.5, 1, 1, 0)).isInstanceOf(BadInputException.class);
        assertThatThrownBy(() -> new ComparedItem(3, 1, 1, 0)).isInstanceOf(BadInputException.class);
        assertThatThrownBy(() -> LengthControlledWinRate.of(List.of(), LengthModel.V1))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("gamed rows");
    }

    @Test
    void lengthsAreInCodePoints() {
        assertThat(ComparedItem.of(1, "né", "🙂🙂🙂").modelLength()).isEqualTo(3);
    }

    /**
     * Constant alone: C n (sigma(b) - y) + sign(b) = 0, so b = logit(y - 1 / (C n)), and 0 while C n |y - 1/2| is at
     * most 1.
     */
    @Test
    void thePenaltyShrinksAsItsEquationSays() {
        double[][] x = {{1}, {1}, {1}, {1}};
        WeightedRows rows = new WeightedRows(x, new double[] {1, 1, 1, 0}, new double[] {1, 1, 1, 1});
        double share = 0.75 - 1 / (10 * 4.0);
        assertThat(SparseLogistic.fit(rows, 10)[0]).isCloseTo(Math.log(share / (1 - share)), within(1e-10));
        assertThat(SparseLogistic.fit(rows, 1)[0]).isZero();
    }
}
