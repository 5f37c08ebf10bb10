package dev.attune.model.checkpoint;

import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A weight with values that are not finite.
 *
 * @param name of the weight in the checkpoint
 * @param nan how many of its values are NaN
 * @param infinite how many are infinite
 * @param values how many it has
 */
public record NonFinite(String name, long nan, long infinite, long values) {
    /**
     * All such weights of a model directory, in the order of the file.
     *
     * @throws dev.attune.core.error.BadInputException if the weights cannot be read
     */
    public static List<NonFinite> in(Path directory) {
        List<NonFinite> found = new ArrayList<>();
        try (StoredWeights weights = StoredWeights.open(directory)) {
            for (String name : weights.shapes().keySet()) {
                try (Scope scope = Scope.open()) {
                    Tensor weight = weights.readUnchecked(name);
                    if (!weight.isFinite()) {
                        found.add(of(name, weight));
                    }
                }
            }
        }
        return found;
    }

    static NonFinite of(String name, Tensor weight) {
        try (Scope scope = Scope.open()) {
            long numbers = count(weight.equalTo(weight));
            long finite = count(weight.abs().lessThan(Double.POSITIVE_INFINITY));
            return new NonFinite(name, weight.count() - numbers, numbers - finite, weight.count());
        }
    }

    private static long count(Tensor flags) {
        return Math.round(flags.toLong().sum().item());
    }

    /** A description for messages, as in "3 NaN among its 32768 values". */
    public String describe() {
        if (infinite == 0) {
            return nan + " NaN among its " + values + " values";
        }
        return nan == 0
                ? infinite + " infinite numbers among its " + values + " values"
                : nan + " NaN and " + infinite + " infinite numbers among its " + values + " values";
    }
}
