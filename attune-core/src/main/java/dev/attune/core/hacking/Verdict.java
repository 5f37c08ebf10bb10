package dev.attune.core.hacking;

/** The verdict of a figure on reward hacking, in the order of severity. */
public enum Verdict {
    UNKNOWN("cannot tell"),
    NO_SIGN("no sign"),
    WARNING("warning"),
    STOP("stop");

    private final String words;

    Verdict(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    /** The more severe of two. */
    public Verdict or(Verdict other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
