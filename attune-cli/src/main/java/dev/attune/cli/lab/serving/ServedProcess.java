package dev.attune.cli.lab.serving;

import dev.attune.cli.process.OwnProcess;
import dev.attune.core.error.RunFailedException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code attune serve} in another process. */
public final class ServedProcess implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final String MARK = " at ";

    private final Process process;
    private final URI address;

    /**
     * Starts a server, and returns when it answers.
     *
     * @param log file for its output
     * @param options of the command
     */
    public ServedProcess(Path model, Path log, String... options) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("serve", model.toString(), "--name", "model", "--port", "0"));
        arguments.addAll(List.of(options));
        process = new ProcessBuilder(OwnProcess.command(List.of(), arguments))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        address = URI.create(awaitAddress(log));
    }

    private String awaitAddress(Path log) throws IOException, InterruptedException {
        long end = System.nanoTime() + TIMEOUT.toNanos();
        while (process.isAlive() && System.nanoTime() < end) {
            for (String line : Files.readAllLines(log, StandardCharsets.UTF_8)) {
                if (line.startsWith("Serving ")) {
                    return line.substring(line.lastIndexOf(MARK) + MARK.length());
                }
            }
            Thread.sleep(50);
        }
        process.destroyForcibly();
        throw new RunFailedException("the server does not answer; " + log + " says why");
    }

    /** The address of a route, such as {@code /completions}. */
    URI route(String path) {
        return URI.create(address + path);
    }

    /** The address of the server without {@code /v1}. */
    URI root(String path) {
        return address.resolve(path);
    }

    /** Resident memory, in MB, as Linux counts it; NaN elsewhere. */
    public double residentMegabytes() throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.exists(status)) {
            return Double.NaN;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElse(Double.NaN);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
