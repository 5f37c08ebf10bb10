package dev.attune.model.tensor;

import dev.attune.core.error.BadInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.pytorch.global.torch;

/**
 * Initialises libtorch once per process: chooses MKL as the BLAS on x86-64 before the first native class loads, and
 * fixes the number of threads, which bit-reproducible runs require.
 *
 * <p>System properties: {@code attune.threads} (default: the processors the JVM may use).
 */
public final class Engine {
    private static final String BLAS_PROPERTY = "org.bytedeco.openblas.load";
    private static volatile Device device = Device.CPU;
    private static volatile int threads = 1;

    private Engine() {}

    /** Loads libtorch; does nothing if it is loaded already. Every class in this package calls it. */
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
    }

    /** A description of the engine, name to value: libtorch, blas, threads, cpu, device. */
    public static Map<String, String> describe() {
        init();
        var facts = new LinkedHashMap<String, String>();
        facts.put("libtorch", String.valueOf(torch.class.getPackage().getImplementationVersion()));
        facts.put("blas", blas());
        facts.put("threads", Integer.toString(threads()));
        facts.put("cpu capability", torch.get_cpu_capability().getString());
        facts.put("cuda", Boolean.toString(torch.cuda_is_available()));
        facts.put("device", device.toString());
        return facts;
    }

    /**
     * The BLAS library that matrix products run on: {@code mkl_rt} or {@code openblas}. On Linux this is read from the
     * mapped libraries after a product; elsewhere the requested library is returned.
     */
    public static String blas() {
        init();
        try (Scope scope = Scope.open();
                Stream<String> mapped = Files.lines(Path.of("/proc/self/maps"))) {
            Tensor square = Tensor.ones(64, 64);
            Tensor product = square.matmul(square);
            return product.isFinite() && mapped.anyMatch(line -> line.contains("libmkl_core")) ? "mkl_rt" : "openblas";
        } catch (IOException | UncheckedIOException e) {
            String chosen = System.getProperty(BLAS_PROPERTY, "");
            return chosen.isEmpty() ? "openblas" : chosen;
        }
    }

    /** Loads libtorch in its static initialiser, which the JVM runs once. */
    private static final class Loaded {
        static {
            String architecture = System.getProperty("os.arch", "");
            boolean x86 = architecture.equals("amd64") || architecture.equals("x86_64");
            if (x86 && System.getProperty(BLAS_PROPERTY) == null) {
                System.setProperty(BLAS_PROPERTY, "mkl_rt");
            }
            threads = Integer.getInteger("attune.threads", Runtime.getRuntime().availableProcessors());
            torch.set_num_threads(threads);
        }

        static void touch() {
            // The static initialiser has run.
        }
    }
}
