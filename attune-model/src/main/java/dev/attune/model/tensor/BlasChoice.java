package dev.attune.model.tensor;

import dev.attune.core.error.RunFailedException;
import dev.attune.core.io.AtomicFiles;
import dev.attune.core.io.Hashing;
import dev.attune.core.json.Json;
import dev.attune.core.provenance.Processor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which library the matrix products run on, and why: the faster one on this machine, measured once in processes of their
 * own and remembered below {@code ~/.cache/attune}. Which one that is depends on the processor: MKL takes its slower
 * kernels on AMD's.
 *
 * @param blas the library; empty if a property names another one
 * @param reason the basis and what was found, for people
 */
record BlasChoice(Optional<Blas> blas, Blas.Basis basis, String reason) {
    /** A rate has to be this much higher to outweigh MKL, the first choice; less may be noise of a busy machine. */
    private static final double CLEARLY_FASTER = 1.05;

    private static final long CHECK_SECONDS = 120;

    /** Variables that change what the libraries do. */
    private static final List<String> VARIABLES =
            List.of("OPENBLAS_CORETYPE", "MKL_CBWR", "MKL_ENABLE_INSTRUCTIONS", "MKL_DEBUG_CPU_TYPE");

    /** What was measured of a library: a report, or why there is none. */
    record Measured(BlasCheck.@Nullable Report report, String failure) {
        static Measured failed(String reason) {
            return new Measured(null, reason);
        }
    }

    /** Measures one library. */
    interface Measurement {
        Measured of(Blas blas);
    }

    /**
     * Chooses; takes a few seconds at first use on a machine.
     *
     * @throws RunFailedException if the products of every library are wrong
     */
    static BlasChoice choose() {
        String asked = System.getProperty(Blas.PROPERTY);
        if (asked != null) {
            return new BlasChoice(Blas.of(asked), Blas.Basis.NAMED, "set by -D" + Blas.PROPERTY + "=" + asked);
        }
        List<Blas> available =
                Arrays.stream(Blas.values()).filter(Blas::isAvailable).toList();
        if (available.size() == 1) {
            return new BlasChoice(Optional.of(available.get(0)), Blas.Basis.ONLY_ONE, "the only one on the class path");
        }
        return choose(available, memory(), BlasChoice::measureInProcess);
    }

    static BlasChoice choose(List<Blas> available, Path memory, Measurement measurement) {
        Map<String, Measured> measured = recall(memory).orElse(Map.of());
        if (!measured.keySet().containsAll(available.stream().map(Blas::id).toList())) {
            measured = new LinkedHashMap<>();
            for (Blas blas : available) {
                measured.put(blas.id(), measurement.of(blas));
            }
            remember(memory, measured);
        }
        return best(measured);
    }

    /** The faster of the right libraries; the first one if they are about equal. */
    private static BlasChoice best(Map<String, Measured> measured) {
        String best = null;
        double bestRate = 0;
        for (Map.Entry<String, Measured> entry : measured.entrySet()) {
            BlasCheck.Report report = entry.getValue().report();
            if (report != null && report.isRight() && report.rate() > bestRate * (best == null ? 1 : CLEARLY_FASTER)) {
                best = entry.getKey();
                bestRate = report.rate();
            }
        }
        String reason = measured.entrySet().stream()
                .map(entry -> entry.getKey() + " " + describe(entry.getValue()))
                .collect(Collectors.joining(", "));
        if (best != null) {
            return new BlasChoice(Blas.of(best), Blas.Basis.MEASURED, "measured on one thread: " + reason);
        }
        if (measured.values().stream().allMatch(one -> one.report() != null)) {
            throw new RunFailedException("no library computes right matrix products on this machine: " + reason);
        }
        return unmeasured(measured, reason);
    }

    private static String describe(Measured measured) {
        BlasCheck.Report report = measured.report();
        if (report == null) {
            return "not measured (" + measured.failure() + ")";
        }
        return report.isRight()
                ? String.format(Locale.ROOT, "%.0f GFLOP/s (%.0f with attention)", report.products(), report.rate())
                : String.format(Locale.ROOT, "refused (error %.1e)", report.error());
    }

    /** Where no process can be started with this class path: what was found on such processors, but for one that is wrong. */
    private static BlasChoice unmeasured(Map<String, Measured> measured, String reason) {
        boolean wideAmd = Processor.facts().getOrDefault("vendor_id", "").equals("AuthenticAMD")
                && Processor.instructions().contains("avx512f");
        Blas usual = wideAmd ? Blas.OPENBLAS : Blas.MKL;
        Blas chosen = hasReport(measured, usual) ? other(usual) : usual;
        return new BlasChoice(
                Optional.of(chosen), Blas.Basis.PROCESSOR, "chosen by the kind of processor, since " + reason);
    }

    private static boolean hasReport(Map<String, Measured> measured, Blas blas) {
        Measured found = measured.get(blas.id());
        return found != null && found.report() != null;
    }

    private static Blas other(Blas blas) {
        return blas == Blas.MKL ? Blas.OPENBLAS : Blas.MKL;
    }

    // --- measuring

    /** Runs {@link BlasCheck} in a process with this library. */
    static Measured measureInProcess(Blas blas) {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-Duser.home=" + System.getProperty("user.home"),
                "-D" + Blas.PROPERTY + "=" + blas.id(),
                "-cp",
                System.getProperty("java.class.path"),
                BlasCheck.class.getName());
        try {
            Path output = Files.createTempFile("attune-products", ".txt");
            try {
                return read(blas, run(command, output));
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            return Measured.failed(firstLine(String.valueOf(e.getMessage())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Measured.failed("interrupted");
        }
    }

    private static String run(List<String> command, Path output) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(CHECK_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new IOException("the check ran longer than " + CHECK_SECONDS + " s");
        }
        return Files.readString(output);
    }

    private static Measured read(Blas blas, String output) {
        Optional<String> line =
                output.lines().filter(one -> one.startsWith("{\"blas\"")).findFirst();
        if (line.isEmpty()) {
            return Measured.failed("the check failed: " + firstLine(output));
        }
        BlasCheck.Report report = Json.records().readValue(line.get(), BlasCheck.Report.class);
        return report.blas().equals(blas.id())
                ? new Measured(report, "")
                : Measured.failed("the process loaded " + report.blas() + " in its place");
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("no output");
    }

    // --- remembering

    private static Path memory() {
        String key = Stream.concat(
                        Stream.of(processor(), String.valueOf(Engine.version()), BlasCheck.measured()),
                        VARIABLES.stream().map(name -> name + "=" + System.getenv(name)))
                .collect(Collectors.joining("\n"));
        String name = "products-" + Hashing.sha256(key).substring(0, 16) + ".json";
        return Path.of(System.getProperty("user.home"), ".cache", "attune", name);
    }

    /** What identifies the processor's kernels: vendor, family, model, instructions. */
    private static String processor() {
        Map<String, String> facts = Processor.facts();
        return facts.isEmpty()
                ? System.getProperty("os.arch") + " " + System.getenv("PROCESSOR_IDENTIFIER")
                : Stream.of("vendor_id", "cpu family", "model", "stepping", "flags")
                        .map(name -> name + "=" + facts.get(name))
                        .collect(Collectors.joining("\n"));
    }

    private record Memory(Map<String, Measured> measured) {}

    private static Optional<Map<String, Measured>> recall(Path memory) {
        if (!Files.exists(memory)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.records()
                    .readValue(Files.readString(memory), Memory.class)
                    .measured());
        } catch (IOException | RuntimeException e) {
            // A file that cannot be read is measured and written again.
            return Optional.empty();
        }
    }

    /** Failures are not remembered: the next process tries again. Without a place to write, each process measures. */
    private static void remember(Path memory, Map<String, Measured> measured) {
        if (measured.values().stream().anyMatch(one -> one.report() == null)) {
            return;
        }
        try {
            Files.createDirectories(memory.toAbsolutePath().getParent());
            AtomicFiles.write(memory, Json.line(new Memory(measured)));
        } catch (IOException e) {
            System.getLogger(BlasChoice.class.getName())
                    .log(System.Logger.Level.DEBUG, "cannot write {0}: {1}", memory, e.getMessage());
        }
    }
}
