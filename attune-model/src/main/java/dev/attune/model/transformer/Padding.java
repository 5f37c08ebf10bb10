package dev.attune.model.transformer;

/** The position of padding in a batch, which determines the attention mask. */
enum Padding {
    /** No padding. */
    NONE,
    /** Only after the real tokens: the causal mask hides it from every real token. */
    RIGHT,
    /** Before or between real tokens. */
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
