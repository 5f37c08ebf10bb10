package dev.attune.cli.doctor;

import dev.attune.model.tensor.Engine;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Checks of libtorch: version, the BLAS that is loaded, threads, devices, speed. */
public final class EngineChecks {
    private static final int SIDE = 1024;
    private static final int REPETITIONS = 10;
    private static final String USE_LAUNCHER = "start Attune with ./attune, which sets it";

    private EngineChecks() {}

    public static List<Finding> all() {
        List<Finding> findings = new ArrayList<>();
        try {
            double speed = matrixProductSpeed();
            Map<String, String> engine = Engine.describe();
            findings.add(Finding.ok("libtorch", engine.getOrDefault("libtorch", "unknown")));
            findings.add(blas());
            findings.add(threads());
            findings.add(Finding.ok("vector instructions", engine.getOrDefault("cpu capability", "unknown")));
            findings.add(device());
            findings.add(Finding.ok(
                    "matrix product",
                    String.format(Locale.ROOT, "%.0f GFLOP/s (%d x %d, float32)", speed, SIDE, SIDE)));
        } catch (LinkageError | RuntimeException e) {
            findings.add(
                    Finding.problem(
                            "libtorch",
                            "does not load: "
                                    + String.valueOf(e.getMessage())
                                            .lines()
                                            .findFirst()
                                            .orElse(""),
                            "check that the system is Linux or Windows on x86-64, or macOS on arm64, and remove ~/.javacpp/cache"));
        }
        findings.add(reproducible());
        return findings;
    }

    /** The best of several products, in billions of operations a second; a first one loads what is needed. */
    private static double matrixProductSpeed() {
        try (Scope scope = Scope.open()) {
            Tensor matrix = Tensor.ones(SIDE, SIDE);
            matrix.matmul(matrix).sum().item();
            double best = 0;
            for (int i = 0; i < REPETITIONS; i++) {
                long started = System.nanoTime();
                matrix.matmul(matrix).sum().item();
                best = Math.max(best, 2.0 * SIDE * SIDE * SIDE / (System.nanoTime() - started));
            }
            return best;
        }
    }

    /** The BLAS among the libraries mapped into this process; without /proc, the requested one. */
    private static Finding blas() {
        List<String> loaded = mapped("libmkl_", "libopenblas");
        boolean mkl = loaded.stream().anyMatch(name -> name.contains("mkl"));
        String value = loaded.isEmpty()
                ? Engine.blas() + " (requested)"
                : (mkl ? "MKL" : "OpenBLAS") + " (loaded: " + String.join(", ", loaded) + ")";
        boolean x86 = List.of("amd64", "x86_64").contains(System.getProperty("os.arch", ""));
        if (x86 && !(mkl || (loaded.isEmpty() && Engine.blas().contains("mkl")))) {
            return Finding.warning(
                    "BLAS in use",
                    value,
                    "MKL is 3 times as fast in training and 11 times in sampling: start with ./attune, or set"
                            + " -Dorg.bytedeco.openblas.load=mkl_rt before the first bytedeco class loads");
        }
        return Finding.ok("BLAS in use", value);
    }

    private static List<String> mapped(String... names) {
        Path maps = Path.of("/proc/self/maps");
        if (!Files.isReadable(maps)) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(maps)) {
            return lines.filter(line -> line.contains("/"))
                    .map(line -> line.substring(line.lastIndexOf('/') + 1))
                    .filter(file -> Stream.of(names).anyMatch(file::contains))
                    .distinct()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static Finding threads() {
        int cores = Runtime.getRuntime().availableProcessors();
        String value = Engine.threads() + " of " + cores + " cores";
        return Engine.threads() <= cores
                ? Finding.ok("threads", value)
                : Finding.warning("threads", value, "use no more threads than cores: set -Dattune.threads=" + cores);
    }

    private static Finding device() {
        return Engine.cudaIsAvailable()
                ? Finding.ok("devices", "cpu, cuda; in use: " + Engine.device())
                : Finding.ok("devices", "cpu (for an NVIDIA card build with: mvn -Pcuda -DskipTests package)");
    }

    /** MKL gives bit-identical results in repeated runs only if this is in the environment before the JVM starts. */
    private static Finding reproducible() {
        String setting = System.getenv("MKL_CBWR");
        return setting == null
                ? Finding.warning(
                        "reproducibility",
                        "MKL_CBWR is not set: results may differ between runs of the same recipe",
                        USE_LAUNCHER)
                : Finding.ok(
                        "reproducibility", "MKL_CBWR=" + setting + ", MKL_DYNAMIC=" + System.getenv("MKL_DYNAMIC"));
    }
}
