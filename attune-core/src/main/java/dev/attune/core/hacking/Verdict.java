package dev.attune.core.hacking;

/** What a figure of a run asks its owner to do. */
public enum Verdict {
    NO_SIGN("no sign"),
    LOOK("look at it"),
    STOP("stop");

    private final String words;

    Verdict(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    /** The graver of two. */
    public Verdict or(Verdict other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
