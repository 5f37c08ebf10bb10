package dev.attune.model.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.error.RunFailedException;
import dev.attune.model.tensor.BlasChoice.Measured;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BlasChoiceTest {
    private static final double RIGHT = 4e-7;
    private static final List<Blas> BOTH = List.of(Blas.MKL, Blas.OPENBLAS);

    @TempDir
    private Path folder;

    @Test
    void theClearlyFasterLibraryIsChosenAndRemembered() {
        Path memory = folder.resolve("cache").resolve("products.json");
        List<Blas> asked = new ArrayList<>();
        BlasChoice first = BlasChoice.choose(BOTH, memory, blas -> {
            asked.add(blas);
            return report(blas, RIGHT, blas == Blas.MKL ? 70 : 150);
        });
        assertThat(first.blas()).contains(Blas.OPENBLAS);
        assertThat(first.reason()).contains("mkl_rt 70 GFLOP/s").contains("openblas 150 GFLOP/s");
        assertThat(asked).isEqualTo(BOTH);
        BlasChoice second = BlasChoice.choose(BOTH, memory, blas -> {
            throw new AssertionError("measured again");
        });
        assertThat(second).isEqualTo(first);
    }

    @Test
    void mklIsKeptUnlessOpenBlasIsClearlyFaster() {
        BlasChoice choice =
                BlasChoice.choose(BOTH, newMemory(), blas -> report(blas, RIGHT, blas == Blas.MKL ? 100 : 104));
        assertThat(choice.blas()).contains(Blas.MKL);
    }

    @Test
    void aLibraryWithWrongProductsIsRefusedByName() {
        BlasChoice choice =
                BlasChoice.choose(BOTH, newMemory(), blas -> report(blas, blas == Blas.OPENBLAS ? 3e-3 : RIGHT, 100));
        assertThat(choice.blas()).contains(Blas.MKL);
        assertThat(choice.reason()).contains("openblas refused (error 3.0e-03)");
        assertThatThrownBy(
                        () -> BlasChoice.choose(BOTH, newMemory(), blas -> report(blas, Double.POSITIVE_INFINITY, 100)))
                .isInstanceOf(RunFailedException.class)
                .hasMessageContaining("mkl_rt refused")
                .hasMessageContaining("openblas refused");
    }

    @Test
    void aFailedMeasurementIsSaidAndTriedAgain() {
        Path memory = newMemory();
        BlasChoice choice = BlasChoice.choose(
                BOTH, memory, blas -> blas == Blas.MKL ? Measured.failed("no space") : report(blas, RIGHT, 10));
        assertThat(choice.blas()).contains(Blas.OPENBLAS);
        assertThat(choice.reason()).contains("mkl_rt not measured (no space)");
        assertThat(memory).doesNotExist();
        assertThat(BlasChoice.choose(BOTH, memory, blas -> Measured.failed("no java"))
                        .reason())
                .startsWith("chosen by the kind of processor");
    }

    @Test
    void aWrongLibraryIsNotTakenWhereTheOtherCannotBeMeasured() {
        for (Blas wrong : BOTH) {
            BlasChoice choice = BlasChoice.choose(
                    BOTH, newMemory(), blas -> blas == wrong ? report(blas, 1, 100) : Measured.failed("no java"));
            assertThat(choice.blas()).isPresent().isNotEqualTo(Optional.of(wrong));
            assertThat(choice.basis()).isEqualTo(Blas.Basis.PROCESSOR);
        }
    }

    @Test
    void aBrokenMemoryIsWrittenAgain() throws Exception {
        Path memory = newMemory();
        Files.writeString(memory, "{");
        assertThat(BlasChoice.choose(BOTH, memory, blas -> report(blas, RIGHT, 50))
                        .blas())
                .contains(Blas.MKL);
        assertThat(Files.readString(memory)).contains("mkl_rt");
    }

    @ParameterizedTest
    @EnumSource(Blas.class)
    void eachLibraryIsLoadedForRealAndItsProductsAreRight(Blas blas) {
        if (!blas.isAvailable()) {
            assertThat(blas).isEqualTo(Blas.MKL);
            return;
        }
        BlasCheck.Report report = BlasChoice.measureInProcess(blas).report();
        assertThat(report).isNotNull();
        assertThat(report.blas()).isEqualTo(blas.id());
        assertThat(report.error()).isBetween(1e-9, 5e-6);
        assertThat(report.rates()).hasSize(4).allSatisfy((name, rate) -> assertThat(rate)
                .isGreaterThan(0.5));
    }

    @Test
    void productsInBfloat16WouldBeRefused() {
        // What a library that rounds its input to bfloat16 would do: 8 bits of mantissa are left.
        assertThat(new BlasCheck.Report("rounded", Math.pow(2, -9), Map.of("1x1x1", 1.0)).isRight())
                .isFalse();
        assertThat(BlasCheck.error()).isLessThan(BlasCheck.TOLERANCE);
    }

    private Path newMemory() {
        return folder.resolve("products-" + System.nanoTime() + ".json");
    }

    private static Measured report(Blas blas, double error, double... rates) {
        Map<String, Double> byShape = new java.util.LinkedHashMap<>();
        Arrays.stream(rates).forEach(rate -> byShape.put("shape" + byShape.size(), rate));
        return new Measured(new BlasCheck.Report(blas.id(), error, byShape), "");
    }
}
