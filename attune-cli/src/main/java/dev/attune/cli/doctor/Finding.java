package dev.attune.cli.doctor;

/**
 * One fact about this machine.
 *
 * @param name what was looked at
 * @param value what was found
 * @param remedy what to do about it; empty when {@code status} is OK
 */
public record Finding(String name, Status status, String value, String remedy) {
    /** How bad it is: a warning costs speed or comfort, a problem stops the work. */
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
