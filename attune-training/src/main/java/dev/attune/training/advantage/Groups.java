package dev.attune.training.advantage;

import dev.attune.core.error.BadInputException;
import java.util.List;

/** What estimators over groups share. */
final class Groups {
    private Groups() {}

    /** @throws BadInputException if a group has a single completion, which cannot be compared with others */
    static void requirePairs(GroupedRewards rewards) {
        for (List<Integer> group : rewards.members()) {
            if (group.size() < 2) {
                throw BadInputException.at(
                        "completions per prompt",
                        "1",
                        "at least 2, since a completion is compared with the others of its group",
                        "sample more completions per prompt");
            }
        }
    }

    /** The position in a group of the first of its largest values, -1 if all are NaN. */
    static int largest(double[] values, List<Integer> group) {
        return extreme(values, group, 1);
    }

    /** The position in a group of the first of its smallest values, -1 if all are NaN. */
    static int smallest(double[] values, List<Integer> group) {
        return extreme(values, group, -1);
    }

    private static int extreme(double[] values, List<Integer> group, int sign) {
        int found = -1;
        for (int i : group) {
            if (!Double.isNaN(values[i]) && (found < 0 || sign * values[i] > sign * values[found])) {
                found = i;
            }
        }
        return found;
    }

    /** (value - mean) / (sample deviation + 1e-4) over all values; NaN stays, and equal values become 0. */
    static double[] normalized(double[] values) {
        Sample sample = Sample.of(values);
        double[] result = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = sample.count() < 2
                    ? 0 * values[i]
                    : (values[i] - sample.mean()) / (sample.deviation() + GroupRelative.EPSILON);
        }
        return result;
    }
}
