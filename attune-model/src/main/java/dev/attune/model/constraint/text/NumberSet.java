package dev.attune.model.constraint.text;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A set of decimal numbers.
 *
 * @param min the lower bound, or null
 * @param max the upper bound, or null
 * @param step all numbers are multiples of it, above 0, or null; 1 for whole numbers
 * @param notSteps no number is a multiple of any of these
 * @param only the numbers that are in the set, or null if they are not listed; nothing else is said then
 * @param not numbers that are not in the set
 */
public record NumberSet(
        @Nullable Bound min,
        @Nullable Bound max,
        @Nullable BigDecimal step,
        List<BigDecimal> notSteps,
        @Nullable Set<BigDecimal> only,
        Set<BigDecimal> not) {
    /** Every number. */
    public static final NumberSet ALL = new NumberSet(null, null, null, List.of(), null, Set.of());

    /** @param open whether the bound itself is outside */
    public record Bound(BigDecimal value, boolean open) {}

    public NumberSet {
        notSteps = List.copyOf(notSteps);
        only = only == null ? null : Set.copyOf(only);
        not = Set.copyOf(not);
    }

    public static NumberSet atLeast(BigDecimal min, boolean open) {
        return new NumberSet(new Bound(min, open), null, null, List.of(), null, Set.of());
    }

    public static NumberSet atMost(BigDecimal max, boolean open) {
        return new NumberSet(null, new Bound(max, open), null, List.of(), null, Set.of());
    }

    public static NumberSet multiplesOf(BigDecimal step) {
        return new NumberSet(null, null, plain(step), List.of(), null, Set.of());
    }

    public static NumberSet of(BigDecimal value) {
        return new NumberSet(null, null, null, List.of(), Set.of(plain(value)), Set.of());
    }

    /** The same number in its one form. */
    static BigDecimal plain(BigDecimal value) {
        return value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    }

    /** Whether the set is surely empty; an empty one may not be recognised here. */
    public boolean isEmpty() {
        return only != null && only.isEmpty();
    }

    public boolean contains(BigDecimal value) {
        return (min == null || (min.open ? value.compareTo(min.value) > 0 : value.compareTo(min.value) >= 0))
                && (max == null || (max.open ? value.compareTo(max.value) < 0 : value.compareTo(max.value) <= 0))
                && (step == null || multiple(value, step))
                && notSteps.stream().noneMatch(other -> multiple(value, other))
                && (only == null || only.contains(plain(value)))
                && !not.contains(plain(value));
    }

    private static boolean multiple(BigDecimal value, BigDecimal step) {
        return value.remainder(step).signum() == 0;
    }

    public NumberSet and(NumberSet other) {
        if (only != null) {
            return listed(only, other);
        }
        if (other.only != null) {
            return listed(other.only, this);
        }
        List<BigDecimal> steps = Stream.concat(notSteps.stream(), other.notSteps.stream())
                .distinct()
                .toList();
        Set<BigDecimal> outside = new HashSet<>(not);
        outside.addAll(other.not);
        return new NumberSet(
                tighter(min, other.min, 1), tighter(max, other.max, -1), both(step, other.step), steps, null, outside);
    }

    private static NumberSet listed(Set<BigDecimal> values, NumberSet other) {
        Set<BigDecimal> kept = values.stream().filter(other::contains).collect(Collectors.toSet());
        return new NumberSet(null, null, null, List.of(), kept, Set.of());
    }

    private static @Nullable Bound tighter(@Nullable Bound a, @Nullable Bound b, int sign) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        int order = a.value.compareTo(b.value) * sign;
        return order > 0 || (order == 0 && a.open) ? a : b;
    }

    static @Nullable BigDecimal both(@Nullable BigDecimal a, @Nullable BigDecimal b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        int scale = Math.max(0, Math.max(a.scale(), b.scale()));
        BigInteger first = a.movePointRight(scale).toBigIntegerExact();
        BigInteger second = b.movePointRight(scale).toBigIntegerExact();
        return plain(new BigDecimal(Numbers.leastCommonMultiple(first, second), scale));
    }

    /** The numbers outside, as sets that together hold them all. */
    public List<NumberSet> complement() {
        List<NumberSet> sets = new ArrayList<>();
        if (min != null) {
            sets.add(atMost(min.value, !min.open));
        }
        if (max != null) {
            sets.add(atLeast(max.value, !max.open));
        }
        if (step != null) {
            sets.add(new NumberSet(null, null, null, List.of(step), null, Set.of()));
        }
        notSteps.forEach(other -> sets.add(multiplesOf(other)));
        if (only != null) {
            sets.add(new NumberSet(null, null, null, List.of(), null, only));
        }
        not.forEach(value -> sets.add(of(value)));
        return sets;
    }
}
