package dev.attune.serve.model;

import dev.attune.model.conversation.ConversationEncoder;
import dev.attune.model.serving.TokenEngine;
import dev.attune.serve.text.TokenBytes;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A model with what computes its answers. The server closes none of it.
 *
 * @param id its name in requests
 * @param adapters names of the engine's adapters, each a name in requests too
 * @param encoder used by this server alone
 * @param bytes of each token's text
 * @param maxPositions largest number of tokens of prompt and answer together
 * @param vocabularySize number of token ids
 * @param engine null for a model that generates no text
 * @param constraints null if answers cannot be constrained
 * @param embedder null for a model without embeddings
 * @param scorer null for a model that is no reward model
 */
@RecordBuilder
public record ServedModel(
        String id,
        Set<String> adapters,
        ConversationEncoder encoder,
        TokenBytes bytes,
        int maxPositions,
        int vocabularySize,
        @Nullable TokenEngine engine,
        @Nullable ConstraintFactory constraints,
        @Nullable Embedder embedder,
        @Nullable Scorer scorer)
        implements ServedModelBuilder.With {
    public ServedModel {
        adapters = Set.copyOf(adapters);
    }
}
