package dev.attune.feedback.evaluation;

/** Compares two numbers as a win. */
final class Higher {
    private Higher() {}

    /** 1 if the first is higher, 0 if the second is, 0.5 if they are equal. */
    static double share(double first, double second) {
        return first > second ? 1 : first < second ? 0 : 0.5;
    }
}
