package dev.attune.cli.lab;

/** A program that keeps one core busy until it is killed: the neighbour in {@link ContentionLab}. */
final class BusyCore {
    private BusyCore() {}

    public static void main(String[] arguments) {
        // A parent that dies without killing this process must not leave a busy core behind.
        ProcessHandle.current().parent().ifPresent(parent -> parent.onExit()
                .thenRun(() -> Runtime.getRuntime().halt(0)));
        long state = 1;
        while (state != 0) {
            state = state * 6364136223846793005L + 1442695040888963407L;
        }
    }
}
