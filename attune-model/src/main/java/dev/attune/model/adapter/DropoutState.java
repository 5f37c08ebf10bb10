package dev.attune.model.adapter;

import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Randomness;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.Adaptation;
import dev.attune.model.transformer.TokenBatch;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The dropout of an adapter's inputs. A mask is a function of the seed, the step, the module and the tokens of the row,
 * so that neither the order of rows nor their split into micro-batches changes it, and a second computation of a layer
 * gets the same one. Applies only in passes that record gradients. Shared by the replicas of an adapter.
 */
final class DropoutState {
    private static final ThreadLocal<@Nullable Open> OPEN = new ThreadLocal<>();

    private final double probability;
    private final long seed;
    private volatile long step = -1;

    /** The pass of this thread. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Open(DropoutState owner, long[] keys) {}

    DropoutState(double probability, long seed) {
        this.probability = probability;
        this.seed = seed;
    }

    void atStep(long value) {
        step = value;
    }

    Adaptation.Pass pass(TokenBatch batch) {
        if (probability == 0 || !NoGrad.isRecording()) {
            return Adaptation.Pass.PLAIN;
        }
        if (step < 0) {
            throw new IllegalStateException(
                    "an adapter with dropout needs the step of the run before a pass with gradients: call atStep");
        }
        return open(keys(batch));
    }

    private Adaptation.Pass open(long[] keys) {
        OPEN.set(new Open(this, keys));
        return new Adaptation.Pass() {
            @Override
            public Adaptation.Pass again() {
                return open(keys);
            }

            @Override
            public void close() {
                OPEN.remove();
            }
        };
    }

    /** A number for each row that depends on its real tokens only. */
    private static long[] keys(TokenBatch batch) {
        long[] ids = batch.ids().toLongs();
        long[] mask = batch.mask().toLongs();
        long[] keys = new long[batch.rows()];
        for (int row = 0; row < keys.length; row++) {
            long hash = 0xcbf29ce484222325L;
            for (int at = row * batch.time(); at < (row + 1) * batch.time(); at++) {
                hash = mask[at] == 0 ? hash : (hash ^ ids[at]) * 0x100000001b3L;
            }
            keys[row] = hash;
        }
        return keys;
    }

    /**
     * The input with elements dropped and the others divided by 1 - probability; the input itself outside of training
     * passes.
     *
     * @param input {@code [batch, time, in]}
     */
    Tensor apply(String module, Tensor input) {
        Open open = OPEN.get();
        if (open == null || open.owner != this) {
            return input;
        }
        Randomness source = Randomness.of(seed, "adapter dropout, " + module).at(step);
        List<Randomness> sources = LongStream.of(open.keys).mapToObj(source::at).toList();
        return input.times(Randomness.dropout(probability, sources, input.shape()));
    }
}
