package dev.attune.core.stats;

/** Spearman's rank correlation; ties share the mean of their ranks. */
public final class Spearman {
    private Spearman() {}

    /** In [-1, 1]; 0 if one side does not vary. */
    public static double correlation(double[] left, double[] right) {
        double[] a = Ranks.of(left);
        double[] b = Ranks.of(right);
        double middle = (left.length + 1) / 2.0;
        double product = 0;
        double squaresA = 0;
        double squaresB = 0;
        for (int i = 0; i < a.length; i++) {
            product += (a[i] - middle) * (b[i] - middle);
            squaresA += (a[i] - middle) * (a[i] - middle);
            squaresB += (b[i] - middle) * (b[i] - middle);
        }
        return squaresA == 0 || squaresB == 0 ? 0 : product / Math.sqrt(squaresA * squaresB);
    }
}
