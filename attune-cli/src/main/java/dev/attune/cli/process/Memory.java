package dev.attune.cli.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The memory use of this process. */
public final class Memory {
    private Memory() {}

    /** The peak resident memory of this process, in bytes; 0 if the system does not report it. */
    public static long peakBytes() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
