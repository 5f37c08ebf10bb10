package dev.attune.model.constraint.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * A set of Unicode code points.
 *
 * @param ranges first and last code point of each range, in order, with gaps between
 */
record CodePoints(List<Range> ranges) {
    static final CodePoints ALL = range(0, Character.MAX_CODE_POINT);
    static final CodePoints DIGIT = range('0', '9');
    static final CodePoints WORD = union(List.of(DIGIT, range('a', 'z'), range('A', 'Z'), range('_', '_')));
    static final CodePoints SPACE = where(c -> (c >= 9 && c <= 13)
            || c == 0xFEFF
            || c == 0x2028
            || c == 0x2029
            || Character.getType(c) == Character.SPACE_SEPARATOR);
    static final CodePoints LINE_END = union(List.of(range('\n', '\n'), range('\r', '\r'), range(0x2028, 0x2029)));

    /** Both ends included. */
    record Range(int first, int last) {}

    CodePoints {
        ranges = List.copyOf(ranges);
    }

    static CodePoints range(int first, int last) {
        return new CodePoints(List.of(new Range(first, last)));
    }

    static CodePoints where(IntPredicate member) {
        List<Range> ranges = new ArrayList<>();
        int first = -1;
        for (int c = 0; c <= Character.MAX_CODE_POINT + 1; c++) {
            boolean in = c <= Character.MAX_CODE_POINT && member.test(c);
            if (in && first < 0) {
                first = c;
            } else if (!in && first >= 0) {
                ranges.add(new Range(first, c - 1));
                first = -1;
            }
        }
        return new CodePoints(ranges);
    }

    static CodePoints union(List<CodePoints> sets) {
        Range[] sorted = sets.stream()
                .flatMap(set -> set.ranges.stream())
                .sorted(Comparator.comparingInt(Range::first))
                .toArray(Range[]::new);
        List<Range> merged = new ArrayList<>();
        for (Range range : sorted) {
            int end = merged.size() - 1;
            if (end >= 0 && range.first <= merged.get(end).last + 1) {
                Range before = merged.get(end);
                merged.set(end, new Range(before.first, Math.max(before.last, range.last)));
            } else {
                merged.add(range);
            }
        }
        return new CodePoints(merged);
    }

    CodePoints complement() {
        List<Range> gaps = new ArrayList<>();
        int next = 0;
        for (Range range : ranges) {
            if (range.first > next) {
                gaps.add(new Range(next, range.first - 1));
            }
            next = range.last + 1;
        }
        if (next <= Character.MAX_CODE_POINT) {
            gaps.add(new Range(next, Character.MAX_CODE_POINT));
        }
        return new CodePoints(gaps);
    }

    boolean contains(int c) {
        int low = 0;
        int high = ranges.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            Range range = ranges.get(middle);
            if (c < range.first) {
                high = middle - 1;
            } else if (c > range.last) {
                low = middle + 1;
            } else {
                return true;
            }
        }
        return false;
    }

    /** The points where membership in any of the sets may change: ascending, the first is 0. */
    static int[] cuts(List<CodePoints> sets) {
        return Arrays.stream(sets.stream()
                        .flatMap(set -> set.ranges.stream())
                        .flatMapToInt(range -> Arrays.stream(new int[] {range.first, range.last + 1}))
                        .toArray())
                .collect(() -> new java.util.TreeSet<>(List.of(0)), java.util.TreeSet::add, java.util.TreeSet::addAll)
                .stream()
                .mapToInt(Integer::intValue)
                .filter(c -> c <= Character.MAX_CODE_POINT)
                .toArray();
    }
}
