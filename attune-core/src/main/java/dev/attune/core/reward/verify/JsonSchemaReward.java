package dev.attune.core.reward.verify;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressions;
import dev.attune.core.error.BadInputException;
import dev.attune.core.error.OptionalLibrary;
import dev.attune.core.json.Json;
import dev.attune.core.provider.ProviderSettings;
import dev.attune.core.reward.RewardFunction;
import dev.attune.core.reward.RewardProvider;
import dev.attune.core.reward.RewardSetup;
import dev.attune.core.reward.Scored;
import dev.attune.core.reward.VerifiableReward;
import dev.attune.core.text.PromptCompletion;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * 1 if the completion is JSON that a schema (draft 2020-12) accepts, else 0. Keys given twice and text around the value
 * are not JSON. Nothing is fetched: a reference to another document than the draft's own is an error of the schema.
 */
public final class JsonSchemaReward implements VerifiableReward {
    private final Schema schema;
    private final Extraction extraction;

    private JsonSchemaReward(Schema schema, Extraction extraction) {
        this.schema = schema;
        this.extraction = extraction;
    }

    /**
     * The reward of whole completions.
     *
     * @param place of the schema, for the message
     * @throws BadInputException if it is not a schema
     */
    public static JsonSchemaReward of(String place, JsonNode schema) {
        return of(place, schema, Extraction.WHOLE);
    }

    static JsonSchemaReward of(String place, JsonNode schema, Extraction extraction) {
        OptionalLibrary.JSON_SCHEMA.require();
        try {
            SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                    .regularExpressionFactory(JsonSchemaReward::bounded)
                    .build();
            Schema compiled = SchemaRegistry.withDefaultDialect(
                            SpecificationVersion.DRAFT_2020_12, builder -> builder.schemaRegistryConfig(config))
                    .getSchema(schema);
            compiled.initializeValidators();
            return new JsonSchemaReward(compiled, extraction);
        } catch (SchemaException | IllegalArgumentException e) {
            throw BadInputException.at(
                    place, String.valueOf(e.getMessage()), "a JSON schema, draft 2020-12", "repair the schema");
        }
    }

    /** An expression of ECMAScript, as schemas have them, in Java's syntax and with a limit of steps. */
    private static RegularExpression bounded(String expression) {
        String anchored = RegularExpressions.replaceDollarAnchors(expression);
        Pattern pattern = Pattern.compile(RegularExpressions.replaceLongformCharacterProperties(anchored));
        return text -> BoundedMatch.match(pattern, text, BoundedMatch.MAX_STEPS, Matcher::find);
    }

    @Override
    public String name() {
        return "json_schema";
    }

    @Override
    public Scored judge(PromptCompletion sample) {
        String part = extraction.of(sample.completion());
        if (part == null) {
            return Scored.of(0, extraction.missing());
        }
        try {
            return judge(Json.tree(part));
        } catch (JacksonException e) {
            return Scored.of(0, "not JSON: " + Json.reason(e));
        }
    }

    /** The verdict on a value. */
    Scored judge(JsonNode value) {
        if (value.isMissingNode()) {
            return Scored.of(0, "not JSON: nothing");
        }
        try {
            List<Error> errors = schema.validate(value);
            return errors.isEmpty()
                    ? Scored.of(1, "valid")
                    : Scored.of(0, errors.get(0).toString().lines().findFirst().orElse("invalid"));
        } catch (BoundedMatch.LimitException e) {
            return Scored.limit(Double.NaN, e.reason());
        }
    }

    /** Settings: {@code schema}: a file; {@code after}, {@code fenced} as for exact_answer. */
    public static final class Provider implements RewardProvider {
        @Override
        public String name() {
            return "json_schema";
        }

        @Override
        public RewardFunction open(RewardSetup setup) {
            ProviderSettings settings = setup.settings();
            settings.requireKnown(Set.of("schema", "after", "fenced"));
            Path file = Path.of(settings.required("schema", "the file of a JSON schema"));
            return of(file.toString(), Json.readTree(file), Extraction.read(settings));
        }
    }
}
