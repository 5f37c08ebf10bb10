package dev.attune.training.preference;

import dev.attune.core.provenance.Parent;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.tensor.DType;
import dev.attune.model.tensor.Engine;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.model.transformer.WeightStorage;
import dev.attune.training.method.RunContext;
import dev.attune.training.models.ResolvedModel;
import dev.attune.training.models.TokenizerMatch;
import java.io.IOException;

/** Opens the references of recipes. */
public final class References {
    /** The folder of the cache in the run's folder. */
    public static final String FOLDER = "reference";

    private static final String MODEL = "model";
    private static final String REFERENCE = "reference";

    private References() {}

    /**
     * A reference whose log-probabilities are kept in the run's folder. Its model is loaded only to compute those that are
     * not there yet, in float32, or as the base under the policy's adapter is stored, so that it computes as the policy does. Call after {@link RunContext#start}.
     *
     * @param location of the reference
     * @param tokenizer the policy's, which must be the reference's too
     * @param micro sequences that pass through the reference at once
     */
    public static Reference cached(RunContext context, String location, Tokenizer tokenizer, int micro)
            throws IOException {
        ResolvedModel reference = context.parent(location, REFERENCE);
        TokenizerMatch.requireForReference(tokenizer, reference.directory());
        String weights = hash(context, REFERENCE);
        boolean sameModel = weights.equals(hash(context, MODEL));
        WeightStorage storage = sameModel ? context.storage() : WeightStorage.trainable();
        return new CachedReference(
                () -> Checkpoints.loadCausal(reference.directory(), storage),
                "model " + weights + stored(storage) + ", products in " + Engine.productPrecision(),
                sameModel && !context.continuesAdapter(),
                context.folder().resolve(FOLDER),
                micro,
                context.listener()::note);
    }

    private static String stored(WeightStorage storage) {
        return storage.frozenType() == DType.FLOAT32 ? "" : ", stored in " + storage.frozenType();
    }

    private static String hash(RunContext context, String role) {
        return context.parents().stream()
                .filter(parent -> parent.role().equals(role))
                .map(Parent::sha256)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the run has no parent in the role " + role));
    }
}
