package dev.attune.model.constraint;

import dev.attune.core.json.Json;
import dev.attune.model.constraint.machine.Machine;
import dev.attune.model.constraint.machine.Stack;
import dev.attune.model.constraint.schema.Node;
import dev.attune.model.constraint.schema.SchemaCompiler;
import dev.attune.model.constraint.schema.UnsupportedSchemaException;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What a JSON text must look like: compact JSON, in which one space may follow a colon and a comma. Immutable; safe for
 * use by several threads.
 */
public final class JsonGrammar {
    /** The most arrays and objects in one another for a schema. */
    public static final int MAX_LEVELS = 64;

    /** The most arrays and objects in one another for {@link #anyObject()}. */
    public static final int MAX_FREE_LEVELS = 16;

    private final Node root;
    private final int levels;

    private JsonGrammar(Node root, int levels) {
        this.root = root;
        this.levels = levels;
    }

    /**
     * The instances of a schema of draft 2020-12. Members come in the order of {@code properties}, then those that are
     * only required, then others.
     *
     * @throws UnsupportedSchemaException naming the keyword that is not supported, or that no value satisfies the schema
     */
    public static JsonGrammar of(JsonNode schema) {
        Node root = SchemaCompiler.compile(schema, MAX_LEVELS);
        if (Machine.start(root, MAX_LEVELS).isEmpty()) {
            throw new UnsupportedSchemaException("schema", "", "allows no value", "ask for something that exists");
        }
        return new JsonGrammar(root, MAX_LEVELS);
    }

    /** Any object. */
    public static JsonGrammar anyObject() {
        return new JsonGrammar(
                SchemaCompiler.compile(Json.tree("{\"type\": \"object\"}"), MAX_FREE_LEVELS), MAX_FREE_LEVELS);
    }

    List<Stack> start() {
        return Machine.start(root, levels);
    }
}
