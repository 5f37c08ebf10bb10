package dev.attune.model.constraint.text;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whole numbers from a set of decimal numbers: each is multiplied by a power of ten, so that as many digits after the
 * point as wanted count.
 */
final class Numbers {
    private final int scale;
    private final @Nullable BigInteger min;
    private final @Nullable BigInteger max;
    private final BigInteger step;
    private final List<BigInteger> notSteps;
    private final List<BigInteger> not;

    Numbers(NumberSet set, int scale) {
        this.scale = scale;
        NumberSet.Bound low = set.min();
        NumberSet.Bound high = set.max();
        min = low == null ? null : bound(low, RoundingMode.CEILING);
        max = high == null ? null : bound(high, RoundingMode.FLOOR);
        BigDecimal multiples = set.step();
        step = multiples == null
                ? BigInteger.ONE
                : multiples.movePointRight(scale).toBigIntegerExact();
        // A number of the set is a multiple of the step anyway: that of both has no more decimals.
        notSteps = scaled(set.notSteps().stream()
                .map(other -> multiples == null ? other : NumberSet.both(multiples, other))
                .toList());
        not = scaled(set.not());
    }

    private BigInteger bound(NumberSet.Bound bound, RoundingMode rounding) {
        BigDecimal value = bound.value().movePointRight(scale);
        BigInteger whole = value.setScale(0, rounding).toBigInteger();
        boolean moves = bound.open() && value.compareTo(new BigDecimal(whole)) == 0;
        return !moves
                ? whole
                : rounding == RoundingMode.CEILING ? whole.add(BigInteger.ONE) : whole.subtract(BigInteger.ONE);
    }

    private List<BigInteger> scaled(Iterable<? extends @Nullable BigDecimal> values) {
        List<BigInteger> whole = new ArrayList<>();
        for (BigDecimal value : values) {
            BigDecimal moved = Objects.requireNonNull(value).movePointRight(scale);
            if (moved.stripTrailingZeros().scale() <= 0) {
                whole.add(moved.toBigIntegerExact());
            }
        }
        return whole;
    }

    static BigInteger leastCommonMultiple(BigInteger a, BigInteger b) {
        return a.divide(a.gcd(b)).multiply(b);
    }

    /**
     * Whether any multiple of {@code every} from {@code low} to {@code high}, both at least 0, is in the set.
     *
     * @param negative whether their negatives are meant; 0 has none
     */
    boolean any(BigInteger low, BigInteger high, BigInteger every, boolean negative) {
        BigInteger from = negative ? high.negate() : low;
        BigInteger to = negative ? low.max(BigInteger.ONE).negate() : high;
        from = min == null ? from : from.max(min);
        to = max == null ? to : to.min(max);
        if (from.compareTo(to) > 0) {
            return false;
        }
        BigInteger unit = leastCommonMultiple(step, every);
        BigInteger count = count(from, to, unit, 0);
        for (BigInteger value : not) {
            if (value.compareTo(from) >= 0 && value.compareTo(to) <= 0 && divides(unit, value) && !excluded(value)) {
                count = count.subtract(BigInteger.ONE);
            }
        }
        return count.signum() > 0;
    }

    private boolean excluded(BigInteger value) {
        return notSteps.stream().anyMatch(other -> divides(other, value));
    }

    private static boolean divides(BigInteger unit, BigInteger value) {
        return value.mod(unit).signum() == 0;
    }

    /** The multiples of a unit that are no multiple of those not wanted, from the given one on. */
    private BigInteger count(BigInteger from, BigInteger to, BigInteger unit, int index) {
        if (index == notSteps.size()) {
            return floor(to, unit).subtract(floor(from.subtract(BigInteger.ONE), unit));
        }
        BigInteger with = count(from, to, unit, index + 1);
        BigInteger without = count(from, to, leastCommonMultiple(unit, notSteps.get(index)), index + 1);
        return with.subtract(without);
    }

    private static BigInteger floor(BigInteger value, BigInteger unit) {
        BigInteger[] parts = value.divideAndRemainder(unit);
        return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
    }
}
