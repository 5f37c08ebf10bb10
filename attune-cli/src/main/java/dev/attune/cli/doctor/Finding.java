package dev.attune.cli.doctor;

/**
 * The result of one check of this machine or of a model.
 *
 * @param name of the check
 * @param value what was found
 * @param remedy what to do; empty if {@code status} is OK
 */
public record Finding(String name, Status status, String value, String remedy) {
    /** Severity: a warning costs speed or convenience, a problem makes runs fail. */
    public enum Status {
        OK,
        WARNING,
        PROBLEM
    }

    public static Finding ok(String name, String value) {
        return new Finding(name, Status.OK, value, "");
    }

    public static Finding warning(String name, String value, String remedy) {
        return new Finding(name, Status.WARNING, value, remedy);
    }

    public static Finding problem(String name, String value, String remedy) {
        return new Finding(name, Status.PROBLEM, value, remedy);
    }
}
