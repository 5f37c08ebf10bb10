package dev.attune.world.arithmetic;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** A sum of two numbers from 0 to {@value #LARGEST}: the prompt {@code 17+25=} with the answer {@code 42}. */
public record Sum(int first, int second) {
    /** The largest number that is added. */
    public static final int LARGEST = 49;

    /** One problem in this many is held out. */
    private static final int HELD_OUT = 5;

    private static final long SPLIT_SEED = 20_261_129;

    public String prompt() {
        return first + "+" + second + "=";
    }

    public int answer() {
        return first + second;
    }

    /** The problems that are trained on, in a fixed order. */
    public static List<Sum> training() {
        return shuffled().stream().skip(heldOutCount()).toList();
    }

    /** The problems that are not, in a fixed order. */
    public static List<Sum> heldOut() {
        return shuffled().stream().limit(heldOutCount()).toList();
    }

    private static int heldOutCount() {
        return (LARGEST + 1) * (LARGEST + 1) / HELD_OUT;
    }

    private static List<Sum> shuffled() {
        List<Sum> all = new ArrayList<>(IntStream.rangeClosed(0, LARGEST)
                .boxed()
                .flatMap(first -> IntStream.rangeClosed(0, LARGEST).mapToObj(second -> new Sum(first, second)))
                .toList());
        Collections.shuffle(all, new Random(SPLIT_SEED));
        return all;
    }
}
