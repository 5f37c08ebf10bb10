package dev.attune.model.constraint.schema;

import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What is asked of a value. */
sealed interface Ask {
    /** Anything. */
    record All() implements Ask {}

    /** What no value has. */
    record None() implements Ask {}

    /** To be an instance of the schema at a JSON pointer. */
    record Schema(String pointer) implements Ask {}

    /** To equal a value. */
    record Value(JsonNode value) implements Ask {}

    /** Several things at once. */
    record Every(Set<Node> parts) implements Ask {}

    /** The opposite. */
    record Not(Node of) implements Ask {}
}
