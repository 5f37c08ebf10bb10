package dev.attune.serve.tool;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A function that a model may call.
 *
 * @param strict whether calls have to be instances of the schema, whatever it takes
 * @param json as in the request, for chat templates
 * @param parameters JSON schema of its arguments, which are an object
 */
public record Tool(String name, boolean strict, Map<String, @Nullable Object> json, ObjectNode parameters) {}
