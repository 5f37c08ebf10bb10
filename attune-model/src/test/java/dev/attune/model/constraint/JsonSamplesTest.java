package dev.attune.model.constraint;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.attune.core.json.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Tokens drawn at random from those allowed, as by a model that knows nothing: every text ends within its budget, is
 * JSON, and is an instance of the schema by an independent validator.
 */
@Tag("shared")
@Tag("one-jvm")
class JsonSamplesTest {
    private static final int SAMPLES = 40;

    private static final List<String> SCHEMAS = List.of(
            "{\"enum\": [\"red\", \"green\", 17, null, {\"a\": [1, 2]}]}",
            "{\"const\": {\"text\": \"歪 😀\", \"n\": -2.5}}",
            """
            {"$ref": "#/$defs/list", "$defs": {"list": {"type": "object", "additionalProperties": false,
             "properties": {"value": {"type": "integer"}, "next": {"anyOf": [{"type": "null"}, {"$ref": "#/$defs/list"}]}},
             "required": ["value", "next"]}}}
            """,
            """
            {"type": "object", "properties": {"n": {"type": "integer", "minimum": 3, "maximum": 12},
             "x": {"type": "number", "exclusiveMinimum": -1.5, "maximum": 0.25}, "m": {"type": "integer", "multipleOf": 7}},
             "required": ["n", "x", "m"], "additionalProperties": false}
            """,
            "{\"type\": \"string\", \"pattern\": \"^\\\\d{4}-\\\\w+$\"}",
            "{\"type\": \"object\", \"additionalProperties\": {\"type\": \"integer\"}, \"minProperties\": 1}",
            """
            {"type": "object", "properties": {"z": {"type": "boolean"}, "a": {"type": "string", "minLength": 50},
             "m": {"type": ["null", "integer"]}}, "required": ["z", "m"], "additionalProperties": false}
            """,
            "{\"type\": \"string\", \"minLength\": 50, \"maxLength\": 60}",
            "{\"type\": \"array\", \"minItems\": 2, \"items\": {\"type\": \"array\", \"items\": {\"type\": \"number\"}, \"maxItems\": 3}}",
            """
            {"anyOf": [{"type": "object", "properties": {"kind": {"const": "a"}, "v": {"type": "string"}},
             "required": ["kind", "v"]}, {"type": "object", "properties": {"kind": {"const": "b"}, "w": {"type": "integer"}},
             "required": ["kind", "w"]}]}
            """,
            """
            {"type": "object", "propertyNames": {"pattern": "^[a-c]$"}, "minProperties": 3}
            """,
            """
            {"oneOf": [{"type": "integer", "minimum": 5}, {"type": "integer", "maximum": 10}, {"type": "string", "pattern": "x.*y"}]}
            """,
            "{\"type\": \"array\", \"contains\": {\"type\": \"integer\", \"minimum\": 100}, \"minContains\": 2, \"maxContains\": 3}");

    private final Random random = new Random(7);

    @Test
    void randomTokensMakeInstances() {
        int samples = 0;
        for (Vocabularies one : Vocabularies.both()) {
            for (String text : SCHEMAS) {
                JsonNode node = Json.tree(text);
                Schema judge = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(node);
                JsonGrammar grammar = JsonGrammar.of(node);
                for (int i = 0; i < SAMPLES; i++) {
                    String sample = sample(grammar, one, 70 + random.nextInt(50));
                    assertThat(judge.validate(Json.tree(sample)))
                            .as(text + " " + sample)
                            .isEmpty();
                    samples++;
                }
            }
            for (int i = 0; i < SAMPLES; i++) {
                String sample = sample(JsonGrammar.anyObject(), one, 2 + random.nextInt(60));
                assertThat(Json.tree(sample).isObject()).as(sample).isTrue();
                samples++;
            }
        }
        assertThat(samples).isGreaterThan(1_000);
    }

    private String sample(JsonGrammar grammar, Vocabularies one, int budget) {
        JsonConstraint constraint = new JsonConstraint(grammar, one.vocabulary());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int left = budget;
        for (; left > 0 && !constraint.isComplete(); left--) {
            if (constraint.mayEnd() && random.nextInt(10) == 0) {
                break;
            }
            BitSet allowed = constraint.allowed(left);
            assertThat(allowed.isEmpty()).as(text(bytes)).isFalse();
            int token = drawn(allowed);
            constraint.accept(token);
            bytes.writeBytes(one.vocabulary().bytes(token));
        }
        assertThat(constraint.mayEnd())
                .as("ends in " + budget + " tokens: " + text(bytes))
                .isTrue();
        return text(bytes);
    }

    private int drawn(BitSet allowed) {
        int skip = random.nextInt(allowed.cardinality());
        int token = allowed.nextSetBit(0);
        for (; skip > 0; skip--) {
            token = allowed.nextSetBit(token + 1);
        }
        return token;
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
