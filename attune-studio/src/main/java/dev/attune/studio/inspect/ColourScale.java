package dev.attune.studio.inspect;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A diverging scale of eleven colours; the middle one is 0.
 *
 * @param max the absolute value at both ends
 */
public record ColourScale(double max) {
    private static final int SIDE = 5;

    /** The scale for the range of these values. */
    static ColourScale of(float[] numbers, int[] mask) {
        double max = 0;
        for (int t = 0; t < numbers.length; t++) {
            max = Math.max(max, mask[t] * Math.abs(numbers[t]));
        }
        return new ColourScale(max);
    }

    /** From 0, the lowest, to 10. */
    public int step(double number) {
        return max == 0 ? SIDE : SIDE + (int) Math.round(SIDE * number / max);
    }

    /** The value in the middle of each colour's range. */
    public List<Double> levels() {
        return IntStream.rangeClosed(-SIDE, SIDE).mapToObj(i -> max * i / SIDE).toList();
    }
}
