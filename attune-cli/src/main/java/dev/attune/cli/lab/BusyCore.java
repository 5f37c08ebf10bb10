package dev.attune.cli.lab;

import java.util.Optional;

/** A program that keeps one core busy until it is killed or its parent ends: the neighbour in {@link ContentionLab}. */
final class BusyCore {
    private static final int ROUNDS = 100_000_000;

    private BusyCore() {}

    public static void main(String[] arguments) {
        Optional<ProcessHandle> parent = ProcessHandle.current().parent();
        long state = 1;
        while (parent.map(ProcessHandle::isAlive).orElse(false)) {
            for (int i = 0; i < ROUNDS; i++) {
                state = state * 6364136223846793005L + 1442695040888963407L;
            }
        }
        // The result is used, so that the loop is not removed.
        System.exit((int) (state & 1));
    }
}
