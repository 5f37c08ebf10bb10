package dev.attune.serve;

import dev.attune.model.constraint.TokenConstraint;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.serve.model.ConstraintFactory;
import dev.attune.serve.model.UnsupportedSchemaException;
import java.util.BitSet;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A test double: forces the first instance of a schema, token by token. */
record FirstInstances(Tokenizer tokenizer) implements ConstraintFactory {
    @Override
    public Supplier<TokenConstraint> schema(JsonNode schema) {
        String text = instance(schema, schema).toString();
        return () -> new Forced(tokenizer.encode(text));
    }

    @Override
    public Supplier<TokenConstraint> anyObject() {
        return () -> new Forced(tokenizer.encode("{\"a\": 1}"));
    }

    private static JsonNode instance(JsonNode schema, JsonNode root) {
        JsonMapper mapper = JsonMapper.shared();
        if (schema.path("pattern").asString("").contains("(?<")) {
            throw new UnsupportedSchemaException("pattern at #/pattern: lookbehind is not supported");
        }
        if (schema.has("$ref")) {
            return instance(root.at(schema.get("$ref").stringValue().substring(1)), root);
        }
        if (schema.has("const")) {
            return schema.get("const");
        }
        if (schema.has("enum")) {
            return schema.get("enum").get(0);
        }
        if (schema.has("anyOf")) {
            return instance(schema.get("anyOf").get(0), root);
        }
        return switch (schema.path("type").asString("string")) {
            case "object" -> {
                ObjectNode object = mapper.createObjectNode();
                schema.path("properties")
                        .properties()
                        .forEach(p -> object.set(p.getKey(), instance(p.getValue(), root)));
                yield object;
            }
            case "array" -> {
                ArrayNode array = mapper.createArrayNode();
                int items = schema.path("maxItems").asInt(2) > 1 ? 2 : 1;
                for (int i = 0; i < items; i++) {
                    array.add(instance(schema.get("items"), root));
                }
                yield array;
            }
            case "integer", "number" -> mapper.getNodeFactory().numberNode(7);
            default -> mapper.getNodeFactory().stringNode("abc");
        };
    }

    /** Exactly these tokens. */
    private static final class Forced implements TokenConstraint {
        private final int[] ids;
        private int at;

        Forced(int[] ids) {
            this.ids = ids;
        }

        @Override
        public BitSet allowed(int budget) {
            BitSet one = new BitSet();
            one.set(ids[at]);
            return one;
        }

        @Override
        public void accept(int token) {
            if (token != ids[at]) {
                throw new IllegalArgumentException("not allowed: " + token);
            }
            at++;
        }

        @Override
        public boolean mayEnd() {
            return isComplete();
        }

        @Override
        public boolean isComplete() {
            return at == ids.length;
        }
    }
}
