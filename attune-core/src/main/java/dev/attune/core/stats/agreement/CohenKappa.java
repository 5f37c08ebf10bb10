package dev.attune.core.stats.agreement;

import dev.attune.core.error.BadInputException;
import dev.attune.core.stats.Figure;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Cohen's kappa: the agreement of two raters, corrected for chance, over the items that both rated.
 *
 * @param kappa 1 - (sum of w O) / (sum of w E) over pairs of labels, with the observed counts O, the expected counts E
 *     (the product of both raters' counts over the number of items) and the weights w; undefined if both raters gave all
 *     items one and the same label
 * @param observed the share of items with equal labels, whatever the weights
 * @param expected the share by chance, from how often each rater gives each label
 * @param items that both rated
 * @param leftOut items that one or both left open
 */
public record CohenKappa(Figure kappa, Figure observed, Figure expected, long items, long leftOut) {
    /** How much a pair of labels counts as disagreement, by their places i and j in the list of labels. */
    public enum Weights {
        /** 1 if i and j differ. */
        UNWEIGHTED,
        /** |i - j|. */
        LINEAR,
        /** (i - j)^2. */
        QUADRATIC;

        double of(int i, int j) {
            int distance = Math.abs(i - j);
            return switch (this) {
                case UNWEIGHTED -> distance == 0 ? 0 : 1;
                case LINEAR -> distance;
                case QUADRATIC -> (double) distance * distance;
            };
        }
    }

    /** Kappa over the labels that occur where both rated, in their natural order. */
    public static <T extends Comparable<? super T>> CohenKappa of(
            List<? extends @Nullable T> a, List<? extends @Nullable T> b, Weights weights) {
        TreeSet<T> labels = new TreeSet<>();
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            T first = a.get(i);
            T second = b.get(i);
            if (first != null && second != null) {
                labels.add(first);
                labels.add(second);
            }
        }
        return of(a, b, List.copyOf(labels), weights);
    }

    /**
     * Kappa over listed labels, which need not occur: with weights, a label that nobody gave still parts its neighbours.
     *
     * @param a the first rater's label of each item, null if it was left open
     * @param labels all that may occur, in order
     */
    public static <T> CohenKappa of(
            List<? extends @Nullable T> a, List<? extends @Nullable T> b, List<T> labels, Weights weights) {
        if (a.size() != b.size()) {
            throw new IllegalArgumentException(a.size() + " labels against " + b.size());
        }
        double[][] counts = new double[labels.size()][labels.size()];
        long items = 0;
        for (int i = 0; i < a.size(); i++) {
            T first = a.get(i);
            T second = b.get(i);
            if (first != null && second != null) {
                counts[place(first, labels)][place(second, labels)]++;
                items++;
            }
        }
        LabelTable table = new LabelTable(counts, items);
        return new CohenKappa(table.kappa(weights), table.observed(), table.expected(), items, a.size() - items);
    }

    private static <T> int place(T label, List<T> labels) {
        int place = labels.indexOf(label);
        if (place < 0) {
            throw BadInputException.at("kappa", "the label " + label, "one of " + labels, "list every label");
        }
        return place;
    }
}
