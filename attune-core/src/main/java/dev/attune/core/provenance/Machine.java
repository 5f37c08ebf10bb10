package dev.attune.core.provenance;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * The machine that something ran on.
 *
 * @param cpu the processor's name, or its architecture if the system does not provide one
 * @param cores available to the process
 * @param memoryBytes of the machine; 0 if unknown
 * @param java the runtime's version
 */
public record Machine(String os, String architecture, String cpu, int cores, long memoryBytes, String java) {
    /** This machine. */
    public static Machine here() {
        String architecture = System.getProperty("os.arch", "unknown");
        return new Machine(
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                architecture,
                Processor.name().orElse(architecture),
                Runtime.getRuntime().availableProcessors(),
                memory(),
                System.getProperty("java.vm.name") + " " + Runtime.version());
    }

    /** One line for reports. */
    public String describe() {
        return String.format(Locale.ROOT, "%s, %d cores, %.0f GB, %s, %s", cpu, cores, memoryBytes / 1e9, os, java);
    }

    private static long memory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : 0;
    }
}
