package dev.attune.model.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

class TensorTest {
    @Test
    void algebraReadsLikeTheEquation() {
        try (Scope scope = Scope.open()) {
            Tensor x = Tensor.of(new float[] {1, 2, 3, 4}, 2, 2);
            Tensor y = x.times(2).plus(Tensor.of(new float[] {10, 20}, 2)).minus(1);
            assertThat(y.toFloats()).containsExactly(11, 23, 15, 27);
            assertThat(x.matmul(x).toFloats()).containsExactly(7, 10, 15, 22);
            assertThat(x.sum(0).toFloats()).containsExactly(4, 6);
            assertThat(x.max(1).toFloats()).containsExactly(2, 4);
            assertThat(x.argmax(1).toLongs()).containsExactly(1, 1);
            assertThat(x.clamp(2, 3).toFloats()).containsExactly(2, 2, 3, 3);
            assertThat(x.clamp(Double.NEGATIVE_INFINITY, 3).toFloats()).containsExactly(1, 2, 3, 3);
            assertThat(Tensor.cat(List.of(x, x), 1).shape()).containsExactly(2, 4);
            assertThat(x.logSumExp(1).toFloats()[0]).isCloseTo(2.3132617f, within(1e-6f));
            assertThat(x.sort(1, true).values().toFloats()).containsExactly(2, 1, 4, 3);
            assertThat(x.topK(1, 1).indices().toLongs()).containsExactly(1, 1);
        }
    }

    @Test
    void wholeNumbersKeepIntegerTensorsWhole() {
        try (Scope scope = Scope.open()) {
            Tensor ids = Tensor.arange(3).plus(1).times(2);
            assertThat(ids.dtype()).isEqualTo(DType.INT64);
            assertThat(ids.toLongs()).containsExactly(2, 4, 6);
            assertThat(ids.times(0.5).dtype()).isEqualTo(DType.FLOAT32);
        }
    }

    @Test
    void masksPickAndFill() {
        try (Scope scope = Scope.open()) {
            Tensor x = Tensor.of(new float[] {1, -2, 3}, 3);
            Tensor positive = x.greaterThan(0);
            assertThat(x.maskedFill(positive, 0).toFloats()).containsExactly(0, -2, 0);
            assertThat(x.where(positive, x.negate()).toFloats()).containsExactly(1, 2, 3);
            assertThat(x.gather(0, Tensor.of(new long[] {2, 0}, 2)).toFloats()).containsExactly(3, 1);
            assertThat(x.isFinite()).isTrue();
            assertThat(x.log().isFinite()).isFalse();
        }
    }

    @Test
    void gradientsFlowToLeavesAndStopAtDetach() {
        try (Scope scope = Scope.open()) {
            Tensor x = Tensor.of(new float[] {1, 2}, 2).requireGrad(true);
            x.square().plus(x.detach().times(5)).sum().backward();
            assertThat(x.grad().toFloats()).containsExactly(2, 4);
            try (NoGrad off = NoGrad.on()) {
                assertThat(x.square().requiresGrad()).isFalse();
            }
            assertThat(x.square().requiresGrad()).isTrue();
        }
    }

    @Test
    void aKeptTensorOutlivesItsScope() {
        Tensor kept;
        Tensor freed;
        try (Scope scope = Scope.open()) {
            freed = Tensor.ones(2);
            kept = scope.keep(freed.plus(1));
        }
        assertThat(freed.raw().isNull()).isTrue();
        assertThat(kept.toFloats()).containsExactly(2, 2);
        kept.close();
        assertThat(kept.raw().isNull()).isTrue();
    }

    @Test
    void aLiftedTensorLivesAsLongAsTheEnclosingScope() {
        Tensor lifted;
        try (Scope outer = Scope.open()) {
            try (Scope inner = Scope.open()) {
                lifted = inner.lift(Tensor.ones(2));
            }
            assertThat(lifted.toFloats()).containsExactly(1, 1);
        }
        assertThat(lifted.raw().isNull()).isTrue();
    }

    @Test
    void bytesGoInAndOut() {
        try (Scope scope = Scope.open()) {
            Tensor x = Tensor.empty(DType.FLOAT32, Device.CPU, 3);
            ByteBuffer data = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
            data.putFloat(1).putFloat(2).putFloat(3).flip();
            x.writeBytes(0, data);
            assertThat(x.toFloats()).containsExactly(1, 2, 3);
            ByteBuffer back = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
            x.readBytes(4, back);
            assertThat(back.flip().getFloat()).isEqualTo(2);
        }
    }

    @Test
    void logProbabilitiesAreTheLogSoftmaxAtTheTarget() {
        try (Scope scope = Scope.open()) {
            Tensor logits = Tensor.of(new float[] {0, 0, 1, 3}, 1, 2, 2);
            Tensor picked = Functional.logProbabilities(logits, Tensor.of(new long[] {1, 0}, 1, 2));
            assertThat(picked.shape()).containsExactly(1, 2);
            assertThat(picked.toFloats()[0]).isCloseTo((float) -Math.log(2), within(1e-6f));
            assertThat(picked.toFloats()[1]).isCloseTo((float) -Math.log(1 + Math.exp(2)), within(1e-6f));
        }
    }

    @Test
    void theEngineDescribesItself() {
        assertThat(Engine.describe())
                .containsEntry("device", "cpu")
                .containsEntry("blas", Engine.blas())
                .containsKeys("libtorch", "blas chosen", "threads", "cpu capability");
    }

    @Test
    void randomnessIsAFunctionOfSeedPurposeAndIndex() {
        try (Scope scope = Scope.open()) {
            Randomness source = Randomness.of(7, "test");
            assertThat(source.at(3).uniform())
                    .isEqualTo(Randomness.of(7, "test").at(3).uniform());
            assertThat(source.at(3).uniform()).isNotEqualTo(source.at(4).uniform());
            assertThat(source.at(3).uniform())
                    .isNotEqualTo(Randomness.of(7, "other").at(3).uniform());
            Tensor draws = source.normal(2, 3, 200_000);
            assertThat(draws.mean().item()).isCloseTo(2, within(0.03));
            assertThat(draws.minus(2).square().mean().item()).isCloseTo(9, within(0.1));
            assertThat(source.permutation(5)).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
        }
    }
}
