package dev.attune.feedback.harm;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.attune.core.settings.Node;
import dev.attune.core.settings.Range;
import dev.attune.core.settings.SectionReader;
import dev.attune.feedback.annotation.AnnotationRecipe.Source;
import dev.attune.feedback.endpoint.ModelAddress;
import dev.attune.feedback.harm.ScoringHarmJudge.Side;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A judge of harm in a recipe. */
public sealed interface HarmJudgeSettings {
    /** {@code words}: refused or complied. */
    record Words() implements HarmJudgeSettings {
        @Override
        @JsonValue
        public String label() {
            return WORDS;
        }
    }

    /**
     * {@code {model: DIR}} or {@code {endpoint: URL, model: NAME, key: VARIABLE}}: a language model.
     *
     * @param verdict whether the probabilities of yes and no are read, or its reply
     */
    record Model(ModelAddress address, Source verdict) implements HarmJudgeSettings {
        @Override
        public String label() {
            return address.label();
        }

        @JsonValue
        Map<String, Object> keys() {
            Map<String, Object> keys = new LinkedHashMap<>();
            if (address instanceof ModelAddress.Served served) {
                keys.putAll(served.keys());
            } else {
                keys.put("model", address.label());
            }
            keys.put("verdict", verdict.toString());
            return keys;
        }
    }

    /** {@code {classifier: DIR, threshold: 0, harmful: above}}: a model that scores. */
    record Classifier(String classifier, double threshold, Side harmful) implements HarmJudgeSettings {
        @Override
        public String label() {
            return classifier;
        }
    }

    /** The text for the judge by words. */
    String WORDS = "words";

    /** As records name the judge. */
    String label();

    /**
     * Reads a judge; null if the key is missing.
     *
     * @throws dev.attune.core.error.BadInputException for another form
     */
    static @Nullable HarmJudgeSettings read(SectionReader fields, String key) {
        if (fields.node(key) instanceof Node.Section) {
            return fields.optionalSection(key, HarmJudgeSettings::section);
        }
        String text = fields.optionalText(key);
        if (text == null) {
            return null;
        }
        if (!text.equals(WORDS)) {
            throw fields.invalid(
                    key,
                    "'" + text + "'",
                    "'words', {model: DIR}, {endpoint: URL, model: NAME} or {classifier: DIR, threshold: 0}",
                    "change the value");
        }
        return new Words();
    }

    private static HarmJudgeSettings section(SectionReader fields) {
        String classifier = fields.optionalText("classifier");
        if (classifier != null) {
            return new Classifier(
                    classifier, fields.number("threshold", 0, Range.ANY), fields.choice("harmful", Side.ABOVE));
        }
        return new Model(ModelAddress.inSection(fields), fields.choice("verdict", Source.LABELS));
    }
}
