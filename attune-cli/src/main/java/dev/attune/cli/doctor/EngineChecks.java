package dev.attune.cli.doctor;

import dev.attune.model.tensor.Engine;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Checks of libtorch: version, the BLAS that is loaded, threads, devices, speed. */
public final class EngineChecks {
    private static final int SIDE = 1024;
    private static final int REPETITIONS = 30;
    private static final String USE_LAUNCHER = "start Attune with ./attune, which sets it";

    private EngineChecks() {}

    public static List<Finding> all() {
        List<Finding> findings = new ArrayList<>();
        try {
            double speed = matrixProductSpeed();
            Map<String, String> engine = Engine.describe();
            findings.add(Finding.ok("libtorch", engine.getOrDefault("libtorch", "unknown")));
            findings.add(blas(engine));
            coreType().ifPresent(findings::add);
            findings.add(threads());
            findings.add(Finding.ok("vector instructions", engine.getOrDefault("cpu capability", "unknown")));
            findings.add(device());
            findings.add(Finding.ok(
                    "a large product",
                    String.format(Locale.ROOT, "%.0f GFLOP/s (%d x %d, float32, all threads)", speed, SIDE, SIDE)));
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

    /** The library of the products and why it was chosen; a warning if the engine could not choose by measuring. */
    private static Finding blas(Map<String, String> engine) {
        String value = engine.getOrDefault("blas", "unknown") + ", " + engine.getOrDefault("blas chosen", "");
        return switch (Engine.blasBasis()) {
            case LOADED_BEFORE ->
                Finding.warning(
                        "matrix products",
                        value,
                        "call a method of Engine before other classes of org.bytedeco load, or name the library with"
                                + " -Dorg.bytedeco.openblas.load");
            case PROCESSOR ->
                Finding.warning(
                        "matrix products",
                        value,
                        "run ./attune doctor once on this machine, or name the faster library with"
                                + " -Dorg.bytedeco.openblas.load=openblas or mkl_rt");
            case NAMED, ONLY_ONE, MEASURED -> Finding.ok("matrix products", value);
        };
    }

    /** The kernels of OpenBLAS, if the environment names some. */
    private static Optional<Finding> coreType() {
        String overruled = System.getenv("ATTUNE_OVERRULED_CORETYPE");
        String asked = System.getenv("OPENBLAS_CORETYPE");
        if (asked != null && !asked.isEmpty()) {
            return Optional.of(Finding.warning(
                    "kernels of OpenBLAS",
                    "OPENBLAS_CORETYPE=" + asked,
                    "unless this is wanted: unset it, so that OpenBLAS takes the processor's best"));
        }
        return Optional.ofNullable(overruled)
                .map(type -> Finding.ok(
                        "kernels of OpenBLAS",
                        "OPENBLAS_CORETYPE=" + type + " is overruled; to keep it, set ATTUNE_OPENBLAS_CORETYPE"));
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
