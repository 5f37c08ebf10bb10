package dev.attune.serve.model;

import dev.attune.model.constraint.TokenConstraint;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** Compiles constraints for the tokens of one model. */
public interface ConstraintFactory {
    /**
     * Texts that are instances of a schema.
     *
     * @return makes a new constraint for each choice
     * @throws UnsupportedSchemaException if a keyword is not supported
     */
    Supplier<TokenConstraint> schema(JsonNode schema);

    /** Texts that are JSON objects. */
    Supplier<TokenConstraint> anyObject();
}
