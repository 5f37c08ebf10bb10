package dev.attune.model.tensor;

import dev.attune.core.error.BadInputException;
import dev.attune.core.error.RunFailedException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.openblas.presets.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Initialises libtorch once per process: chooses the faster {@link Blas} before the first native class loads, and fixes
 * the number of threads, which bit-reproducible runs require. At first use on a machine the choice is measured, which
 * takes a few seconds; the property {@code org.bytedeco.openblas.load} names one without measuring.
 *
 * <p>System properties: {@code attune.threads} (default: the processors the JVM may use).
 */
public final class Engine {
    private static volatile Device device = Device.CPU;
    private static volatile int threads = 1;
    private static volatile ProductPrecision productPrecision = ProductPrecision.FLOAT32;

    private Engine() {}

    /**
     * Loads libtorch; does nothing if it is loaded already. Every class in this package calls it.
     *
     * @throws RunFailedException if no library computes right matrix products on this machine
     */
    public static void init() {
        Loaded.touch();
    }

    /** The device on which new tensors are made. */
    public static Device device() {
        return device;
    }

    /**
     * Chooses the device for all tensors made from now on; call before loading models.
     *
     * @throws BadInputException if the device is a GPU and this build or machine supports none
     */
    public static void useDevice(Device chosen) {
        init();
        if (chosen.isCuda() && !torch.cuda_is_available()) {
            throw BadInputException.at(
                    "device",
                    "'" + chosen + "'",
                    "a device of this machine and build",
                    "build with Maven's profile cuda on a machine with an NVIDIA GPU, or use cpu");
        }
        device = chosen;
    }

    public static boolean cudaIsAvailable() {
        init();
        return torch.cuda_is_available();
    }

    /** The number of processor cores that Attune uses: threads inside operations, or {@link Workers}. */
    public static int threads() {
        init();
        return threads;
    }

    /** Changes the number of processor cores, at least 1, while nothing runs. Results depend on it in their last digits. */
    public static void useThreads(int number) {
        init();
        if (number < 1) {
            throw new IllegalArgumentException(number + " threads");
        }
        threads = number;
        torch.set_num_threads(number);
        useBlasThreads(number);
    }

    /** Threads inside a product. OpenBLAS has threads of its own, whose number holds for all callers. */
    static void useBlasThreads(int number) {
        if (Loaded.choice.blas().equals(Optional.of(Blas.OPENBLAS))) {
            openblas_nolapack.blas_set_num_threads(number);
        }
    }

    /** How products of float32 tensors are computed from now on, on all threads. */
    public static void useProductPrecision(ProductPrecision precision) {
        init();
        torch.globalContext().setFloat32MatmulPrecision(precision.torchName());
        productPrecision = precision;
    }

    public static ProductPrecision productPrecision() {
        return productPrecision;
    }

    /** A description of the engine, name to value: libtorch, blas, products, threads, cpu, device. */
    public static Map<String, String> describe() {
        init();
        var facts = new LinkedHashMap<String, String>();
        facts.put("libtorch", String.valueOf(version()));
        facts.put("blas", blas());
        facts.put("blas chosen", Loaded.choice.reason());
        facts.put("products", productPrecision.name().toLowerCase(Locale.ROOT));
        facts.put("threads", Integer.toString(threads()));
        facts.put("cpu capability", torch.get_cpu_capability().getString());
        facts.put("cuda", Boolean.toString(torch.cuda_is_available()));
        facts.put("device", device.toString());
        return facts;
    }

    /** The library that matrix products run on: {@code mkl_rt} or {@code openblas}. */
    public static String blas() {
        init();
        return Loaded.choice.blas().map(Blas::id).orElseGet(() -> System.getProperty(Blas.PROPERTY, ""));
    }

    /** What the choice of {@link #blas()} rests on. */
    public static Blas.Basis blasBasis() {
        init();
        return Loaded.choice.basis();
    }

    static boolean hasAvx512() {
        init();
        return torch.get_cpu_capability().getString().equals("AVX512");
    }

    static @Nullable String version() {
        return torch.class.getPackage().getImplementationVersion();
    }

    /** Loads libtorch in its static initialiser, which the JVM runs once. */
    private static final class Loaded {
        private static BlasChoice choice = new BlasChoice(Optional.empty(), Blas.Basis.NAMED, "");
        private static final String FAILURE = load();

        /** Returns why the engine cannot be used; empty if it can. */
        private static String load() {
            liftMemoryLimits();
            try {
                choice = BlasChoice.choose();
            } catch (RunFailedException e) {
                return String.valueOf(e.getMessage());
            }
            choice.blas().ifPresent(blas -> System.setProperty(Blas.PROPERTY, blas.id()));
            threads = Integer.getInteger("attune.threads", Runtime.getRuntime().availableProcessors());
            torch.set_num_threads(threads);
            choice = inTruth(choice);
            useBlasThreads(threads);
            return "";
        }

        /**
         * JavaCPP refuses native memory beyond the size of the Java heap, and a process beyond twice that size: with 2 GB
         * of heap, training a model of 250 million weights. The operating system's limits are the ones that count.
         */
        private static void liftMemoryLimits() {
            for (String limit : new String[] {"maxbytes", "maxphysicalbytes"}) {
                String property = "org.bytedeco.javacpp." + limit;
                System.setProperty(property, System.getProperty(property, "0"));
            }
        }

        /** What is loaded, whatever was chosen: another class may have loaded a library first. */
        private static BlasChoice inTruth(BlasChoice chosen) {
            try (org.bytedeco.pytorch.Tensor one = torch.ones(1, 1)) {
                torch.mm(one, one).close();
            }
            Optional<Blas> mapped = Blas.mapped();
            if (mapped.isEmpty() || chosen.blas().equals(mapped)) {
                return chosen;
            }
            String wish = chosen.blas().map(Blas::id).orElse("none");
            return new BlasChoice(
                    mapped, Blas.Basis.LOADED_BEFORE, "loaded in place of " + wish + " (" + chosen.reason() + ")");
        }

        static void touch() {
            if (!FAILURE.isEmpty()) {
                throw new RunFailedException(FAILURE);
            }
        }
    }
}
