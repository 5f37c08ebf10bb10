package dev.attune.serve.model;

import dev.attune.model.serving.TokenEngine;
import dev.attune.serve.error.ApiException;
import org.jspecify.annotations.Nullable;

/**
 * A name that requests may give, and what it stands for.
 *
 * @param adapter null for the model itself
 */
public record ModelEntry(
        String name,
        ServedModel model,
        ModelTexts texts,
        @Nullable String adapter) {
    /** @throws ApiException if the model generates no text */
    public TokenEngine engine() {
        TokenEngine engine = model.engine();
        if (engine == null) {
            throw ApiException.unsupported(
                    "model", "the model '" + name + "' generates no text; it has " + routes() + " alone");
        }
        return engine;
    }

    /** @throws ApiException if answers of the model cannot be constrained */
    public ConstraintFactory constraints(String param) {
        ConstraintFactory constraints = model.constraints();
        if (constraints == null) {
            throw ApiException.unsupported(param, "answers of the model '" + name + "' cannot be constrained");
        }
        return constraints;
    }

    /** @throws ApiException if the model has no embeddings */
    public Embedder embedder() {
        Embedder embedder = adapter == null ? model.embedder() : null;
        if (embedder == null) {
            throw ApiException.unsupported("model", "the model '" + name + "' has no embeddings");
        }
        return embedder;
    }

    /** @throws ApiException if the model is no reward model */
    public Scorer scorer() {
        Scorer scorer = adapter == null ? model.scorer() : null;
        if (scorer == null) {
            throw ApiException.unsupported(
                    "model", "the model '" + name + "' is no reward model; serve one to have /v1/score");
        }
        return scorer;
    }

    private String routes() {
        return model.scorer() != null ? "/v1/score" : "/v1/embeddings";
    }
}
