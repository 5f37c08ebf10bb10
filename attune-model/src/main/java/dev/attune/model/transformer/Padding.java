package dev.attune.model.transformer;

/** Where a batch is padded, which decides how attention is masked. */
enum Padding {
    /** No pads. */
    NONE,
    /** Pads only behind the real tokens: the causal mask hides them from every real token. */
    RIGHT,
    /** Pads in front or between. */
    OTHER;

    /** @param mask {@code [batch * time]}, row after row, 1 at real tokens */
    static Padding of(long[] mask, int time) {
        Padding found = NONE;
        for (int i = 0; i < mask.length; i++) {
            if (mask[i] == 0) {
                found = RIGHT;
            } else if (i % time != 0 && mask[i - 1] == 0) {
                return OTHER;
            }
        }
        return found;
    }
}
