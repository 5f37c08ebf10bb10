package dev.attune.model.tensor;

import dev.attune.core.json.Json;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;

/**
 * Checks the products of the BLAS that this process loads against double precision, and measures their rates on one
 * thread. {@link BlasChoice} starts it as a process for each library, since a process can load only one.
 */
final class BlasCheck {
    /** Random products that are checked. */
    private static final int PRODUCTS = 120;

    /**
     * Largest error, relative to the sum of the magnitudes of an element's terms. Right libraries reach 1e-6; bfloat16
     * products 4e-3.
     */
    static final double TOLERANCE = 1e-5;

    private static final long NANOS_A_SHAPE = 80_000_000L;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Rows, columns and terms of the products of a small and a large model. */
    private static final List<Shape> SHAPES =
            List.of(new Shape(2048, 256, 256), new Shape(2048, 680, 256), new Shape(1024, 2048, 768));

    /** The name of the rate of decoding's attention: one query a head, which is a matrix and a vector to the library. */
    private static final String ATTENTION = "attention";

    private BlasCheck() {}

    private record Shape(int rows, int columns, int terms) {
        double operations() {
            return 2.0 * rows * columns * terms;
        }

        @Override
        public String toString() {
            return rows + "x" + columns + "x" + terms;
        }
    }

    /**
     * What one library reached.
     *
     * @param blas the library that was loaded, as {@link Blas#id}
     * @param error largest relative error of the checked products; infinity if one is not finite
     * @param rates billions of operations a second on one thread, by {@code ROWSxCOLUMNSxTERMS}, or of attention
     */
    record Report(String blas, double error, Map<String, Double> rates) {
        boolean isRight() {
            return error <= TOLERANCE;
        }

        /** The geometric mean of the rates, by which libraries are compared. */
        double rate() {
            return mean(name -> true);
        }

        /** The geometric mean of the rates of products. */
        double products() {
            return mean(name -> !name.equals(ATTENTION));
        }

        private double mean(Predicate<String> names) {
            return Math.exp(rates.entrySet().stream()
                    .filter(rate -> names.test(rate.getKey()))
                    .mapToDouble(rate -> Math.log(rate.getValue()))
                    .average()
                    .orElseThrow());
        }
    }

    /** What is measured, to tell reports of other versions apart. */
    static String measured() {
        return SHAPES + " " + ATTENTION;
    }

    /** Prints the {@link Report} as one line. */
    public static void main(String[] arguments) {
        Engine.useThreads(1);
        double error = error();
        Map<String, Double> rates = new LinkedHashMap<>();
        SHAPES.forEach(shape -> rates.put(shape.toString(), rate(shape)));
        rates.put(ATTENTION, attentionRate());
        System.out.println(Json.line(new Report(Engine.blas(), error, rates)));
        System.out.flush();
        // Unloading the native libraries takes longer than the measurement of a shape.
        Runtime.getRuntime().halt(0);
    }

    /** The largest error of random products: transposed or not, with gaps between rows, with any alpha and beta. */
    static double error() {
        SplittableRandom random = new SplittableRandom(1);
        double largest = 0;
        for (int i = 0; i < PRODUCTS; i++) {
            try (Scope scope = Scope.open()) {
                largest = Math.max(largest, errorOfOne(random));
            }
        }
        return largest;
    }

    /** Error of {@code beta C + alpha A B}; with beta 0, C holds NaN, which must not be read. */
    private static double errorOfOne(SplittableRandom random) {
        int rows = size(random);
        int columns = size(random);
        int terms = size(random);
        double alpha = random.nextBoolean() ? 1 : random.nextDouble(-2, 2);
        double beta = random.nextBoolean() ? 0 : random.nextDouble(-2, 2);
        Tensor first = matrix(random, rows, terms);
        Tensor second = matrix(random, terms, columns);
        Tensor added = beta == 0 ? Tensor.full(Double.NaN, rows, columns) : matrix(random, rows, columns);
        Tensor result = Tensor.full(Double.NaN, rows, columns);
        torch.addmm_out(result.raw(), added.raw(), first.raw(), second.raw(), new Scalar(beta), new Scalar(alpha));
        Tensor expected = first.toDouble().matmul(second.toDouble()).times(alpha);
        Tensor magnitude =
                first.toDouble().abs().matmul(second.toDouble().abs()).times(Math.abs(alpha));
        if (beta != 0) {
            expected = expected.plus(added.toDouble().times(beta));
            magnitude = magnitude.plus(added.toDouble().abs().times(Math.abs(beta)));
        }
        double error = result.toDouble()
                .minus(expected)
                .abs()
                .dividedBy(magnitude.plus(Float.MIN_NORMAL))
                .max()
                .item();
        return Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
    }

    /** Most sizes are odd, so that the edges of blocks are met. */
    private static int size(SplittableRandom random) {
        return 1 + (int) Math.exp(random.nextDouble(0, Math.log(400)));
    }

    /** A matrix of {@code rows} and {@code columns}, stored by rows or by columns, with a gap after each. */
    private static Tensor matrix(SplittableRandom random, int rows, int columns) {
        boolean turned = random.nextBoolean();
        int lines = turned ? columns : rows;
        int length = turned ? rows : columns;
        int gap = random.nextInt(4);
        float[] values = new float[lines * (length + gap)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        Tensor stored = Tensor.of(values, lines, length + gap).narrow(1, 0, length);
        return turned ? stored.transpose(0, 1) : stored;
    }

    /** The processor time of this thread, which does all the work: what else the machine does counts little. */
    private static long busyNanos() {
        return THREADS.isCurrentThreadCpuTimeSupported() ? THREADS.getCurrentThreadCpuTime() : System.nanoTime();
    }

    private static double rate(Shape shape) {
        try (Scope scope = Scope.open()) {
            Tensor first = Tensor.ones(shape.rows(), shape.terms());
            List<Tensor> weights = new ArrayList<>();
            // Several matrices, as a model has, so that not all of them lie in the nearest cache.
            for (int i = 0; i < 4; i++) {
                weights.add(Tensor.ones(shape.terms(), shape.columns()));
            }
            return weights.size()
                    * shape.operations()
                    / best(() -> weights.forEach(weight -> first.matmul(weight).close()));
        }
    }

    private static double attentionRate() {
        int rows = 16;
        int heads = 8;
        int keys = 96;
        int width = 32;
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on()) {
            Tensor query = Tensor.ones(rows, heads, 1, width);
            Tensor cached = Tensor.ones(rows, heads, keys, width);
            double operations = 4.0 * rows * heads * keys * width;
            return operations
                    / best(() -> Functional.attention(query, cached, cached, null, false, 1)
                            .close());
        }
    }

    /** Nanoseconds of the fastest of several runs. */
    private static long best(Runnable work) {
        long best = Long.MAX_VALUE;
        long end = busyNanos() + NANOS_A_SHAPE;
        do {
            long started = busyNanos();
            work.run();
            best = Math.min(best, busyNanos() - started);
        } while (busyNanos() < end);
        return best;
    }
}
