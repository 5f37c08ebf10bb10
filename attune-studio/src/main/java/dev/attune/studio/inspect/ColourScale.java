package dev.attune.studio.inspect;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Eleven colours from one hue over none to another; the middle one is 0.
 *
 * @param most the size of the numbers at both ends
 */
public record ColourScale(double most) {
    private static final int SIDE = 5;

    /** A scale that the numbers just fit. */
    static ColourScale of(float[] numbers, int[] mask) {
        double most = 0;
        for (int t = 0; t < numbers.length; t++) {
            most = Math.max(most, mask[t] * Math.abs(numbers[t]));
        }
        return new ColourScale(most);
    }

    /** From 0, the lowest, to 10. */
    public int step(double number) {
        return most == 0 ? SIDE : SIDE + (int) Math.round(SIDE * number / most);
    }

    /** The number in the middle of each colour's stretch. */
    public List<Double> levels() {
        return IntStream.rangeClosed(-SIDE, SIDE).mapToObj(i -> most * i / SIDE).toList();
    }
}
