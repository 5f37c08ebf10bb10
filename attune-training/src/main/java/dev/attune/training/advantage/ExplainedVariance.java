package dev.attune.training.advantage;

import java.util.ArrayList;
import java.util.List;

/** How much of the returns' variance the critic predicted: 1 - Var(R - V) / Var(R). 1 is perfect, 0 a constant, below 0 worse. */
public final class ExplainedVariance {
    private ExplainedVariance() {}

    /** 0 if the returns do not vary. */
    public static double of(List<float[]> values, List<float[]> returns) {
        double total = Moments.of(returns).variance();
        if (total == 0) {
            return 0;
        }
        List<float[]> errors = new ArrayList<>();
        for (int row = 0; row < returns.size(); row++) {
            errors.add(difference(returns.get(row), values.get(row)));
        }
        return 1 - Moments.of(errors).variance() / total;
    }

    private static float[] difference(float[] left, float[] right) {
        float[] result = new float[left.length];
        for (int t = 0; t < left.length; t++) {
            result[t] = left[t] - right[t];
        }
        return result;
    }
}
