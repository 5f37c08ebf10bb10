package dev.attune.model.tensor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The libraries that libtorch's matrix products in float32 can run on. */
public enum Blas {
    MKL("mkl_rt"),
    OPENBLAS("openblas");

    /** JavaCPP's property that names the library; read when its first native class loads. */
    static final String PROPERTY = "org.bytedeco.openblas.load";

    /** What the choice of a library rests on. */
    public enum Basis {
        /** A property names it. */
        NAMED,
        ONLY_ONE,
        MEASURED,
        /** The kind of processor, since it could not be measured. */
        PROCESSOR,
        /** Another class had loaded it before the engine could choose. */
        LOADED_BEFORE
    }

    private final String id;

    Blas(String id) {
        this.id = id;
    }

    /** The value of {@link #PROPERTY}: {@code mkl_rt} or {@code openblas}. */
    public String id() {
        return id;
    }

    static Optional<Blas> of(String id) {
        return Arrays.stream(values()).filter(blas -> blas.id.equals(id)).findFirst();
    }

    /** Whether the library is on the class path, for any system. */
    boolean isAvailable() {
        List<String> files =
                switch (this) {
                    case MKL -> List.of("linux-x86_64/libmkl_rt.so.2", "windows-x86_64/mkl_rt.2.dll");
                    case OPENBLAS ->
                        List.of(
                                "linux-x86_64/libopenblas.so.0",
                                "linux-arm64/libopenblas.so.0",
                                "windows-x86_64/libopenblas.dll",
                                "macosx-arm64/libopenblas.0.dylib");
                };
        String folder = "/org/bytedeco/" + (this == MKL ? "mkl" : "openblas") + "/";
        return files.stream().anyMatch(file -> Blas.class.getResource(folder + file) != null);
    }

    /**
     * The library that is mapped into this process, which must have done a product; empty where the system does not say.
     */
    static Optional<Blas> mapped() {
        Path maps = Path.of("/proc/self/maps");
        if (!Files.isReadable(maps)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(maps)) {
            return Optional.of(lines.anyMatch(line -> line.contains("libmkl_core")) ? MKL : OPENBLAS);
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }
}
