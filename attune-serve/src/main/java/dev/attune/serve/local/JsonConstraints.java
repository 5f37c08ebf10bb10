package dev.attune.serve.local;

import dev.attune.model.constraint.JsonConstraint;
import dev.attune.model.constraint.JsonGrammar;
import dev.attune.model.constraint.TokenConstraint;
import dev.attune.model.constraint.TokenVocabulary;
import dev.attune.serve.model.ConstraintFactory;
import dev.attune.serve.model.UnsupportedSchemaException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** Constraints by JSON schemas, of which the last ones that were asked for are kept compiled. */
final class JsonConstraints implements ConstraintFactory {
    private static final int KEPT = 64;

    private final TokenVocabulary vocabulary;
    private final JsonGrammar anyObject = JsonGrammar.anyObject();
    /** By the schema's text, because equal trees may have their members in different orders. */
    private final Map<String, JsonGrammar> compiled = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, JsonGrammar> eldest) {
            return size() > KEPT;
        }
    });

    JsonConstraints(TokenVocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    @Override
    public Supplier<TokenConstraint> schema(JsonNode schema) {
        String text = schema.toString();
        JsonGrammar known = compiled.get(text);
        JsonGrammar grammar = known == null ? compile(schema) : known;
        compiled.put(text, grammar);
        return () -> new JsonConstraint(grammar, vocabulary);
    }

    private static JsonGrammar compile(JsonNode schema) {
        try {
            return JsonGrammar.of(schema);
        } catch (dev.attune.model.constraint.schema.UnsupportedSchemaException e) {
            throw new UnsupportedSchemaException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Supplier<TokenConstraint> anyObject() {
        return () -> new JsonConstraint(anyObject, vocabulary);
    }
}
