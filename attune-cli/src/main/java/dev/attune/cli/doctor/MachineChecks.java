package dev.attune.cli.doctor;

import dev.attune.cli.process.Version;
import dev.attune.core.provenance.Processor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** Checks that need no engine: versions, processor, memory and disk. */
public final class MachineChecks {
    private static final double GIB = 1L << 30;
    private static final double ENOUGH_MEMORY_GIB = 3;
    private static final double ENOUGH_DISK_GIB = 2;

    private MachineChecks() {}

    /** @param workingDirectory where runs would be written */
    public static List<Finding> all(Path workingDirectory) {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.ok("attune", Version.current()));
        findings.add(java());
        findings.add(Finding.ok(
                "system",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                        + System.getProperty("os.arch")));
        findings.add(Finding.ok("processor", processor()));
        findings.add(memory());
        findings.add(heap());
        findings.add(disk("disk (working directory)", workingDirectory));
        findings.add(disk("disk (native libraries)", Path.of(System.getProperty("user.home"))));
        return findings;
    }

    private static Finding java() {
        int feature = Runtime.version().feature();
        String value = System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ") in "
                + System.getProperty("java.home");
        return feature >= 17
                ? Finding.ok("java", value)
                : Finding.problem("java", value, "install a JDK 17 or newer and set JAVA_HOME");
    }

    private static String processor() {
        String model = Processor.name().orElse(System.getProperty("os.arch"));
        return model + ", " + Runtime.getRuntime().availableProcessors() + " cores for this process";
    }

    private static Finding memory() {
        OptionalLong total = memoryLine("MemTotal");
        OptionalLong available = memoryLine("MemAvailable");
        if (total.isEmpty() || available.isEmpty()) {
            return Finding.ok("memory", "unknown on this system");
        }
        double free = available.getAsLong() / GIB;
        String value = String.format(Locale.ROOT, "%.1f GiB, %.1f GiB available", total.getAsLong() / GIB, free);
        return free >= ENOUGH_MEMORY_GIB
                ? Finding.ok("memory", value)
                : Finding.warning(
                        "memory",
                        value,
                        "the quickstart needs up to 3 GB: close other programs, or lower batch.micro in recipes");
    }

    private static Finding heap() {
        return Finding.ok(
                "java heap",
                String.format(
                        Locale.ROOT,
                        "at most %.1f GiB (ATTUNE_HEAP changes it; tensors are outside the heap)",
                        Runtime.getRuntime().maxMemory() / GIB));
    }

    private static Finding disk(String name, Path folder) {
        try {
            double free = Files.getFileStore(folder).getUsableSpace() / GIB;
            String value = String.format(Locale.ROOT, "%.1f GiB free in %s", free, folder.toAbsolutePath());
            return free >= ENOUGH_DISK_GIB
                    ? Finding.ok(name, value)
                    : Finding.warning(
                            name, value, "free some space: runs keep checkpoints, and native libraries take 1 GiB");
        } catch (IOException e) {
            return Finding.problem(name, folder + ": " + e.getMessage(), "create the folder or choose another one");
        }
    }

    private static OptionalLong memoryLine(String key) {
        return lines(Path.of("/proc/meminfo")).stream()
                .filter(line -> line.startsWith(key + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
