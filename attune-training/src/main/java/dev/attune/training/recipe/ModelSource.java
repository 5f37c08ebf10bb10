package dev.attune.training.recipe;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.attune.core.settings.Node;
import dev.attune.core.settings.Range;
import dev.attune.core.settings.SectionReader;
import org.jspecify.annotations.Nullable;

/** The source of a model: a stored model, or the configuration of a new one. */
public sealed interface ModelSource {
    /** A directory, {@code hf:owner/name}, or {@code stage:NAME} for an earlier stage's model. */
    record Stored(@JsonValue String location) implements ModelSource {}

    /**
     * A new Llama with random weights. It has either {@code tokenizer} or {@code vocabulary}.
     *
     * @param tokenizer the directory of its tokenizer
     * @param vocabulary the number of tokens of a byte-level BPE that is trained on the run's training data
     * @param mlp width of the feed-forward layers
     * @param context context length in tokens
     * @param initializerRange standard deviation of the random matrices
     * @param prefixSpace whether a learned vocabulary encodes a text that begins with a word as if a space preceded it
     */
    record Fresh(
            @Nullable String tokenizer,
            @Nullable Integer vocabulary,
            int width,
            int mlp,
            int layers,
            int heads,
            int keyValueHeads,
            int context,
            double initializerRange,
            boolean tied,
            boolean prefixSpace)
            implements ModelSource {
        /** The minimum size of a learned vocabulary: the bytes, and the special tokens of conversations. */
        static final int MIN_VOCABULARY = 261;
    }

    public static ModelSource read(SectionReader recipe) {
        Node node = recipe.node("model");
        if (node instanceof Node.Section) {
            return recipe.section("model", ModelSource::fresh);
        }
        return new Stored(recipe.requiredText("model", "a model's directory, hf:owner/name, or a fresh model's keys"));
    }

    private static Fresh fresh(SectionReader fields) {
        int width = fields.integer("width", 256, 2);
        int heads = fields.integer("heads", 8, 1);
        if (width % heads != 0 || width / heads % 2 != 0) {
            throw fields.invalid(
                    "heads",
                    "'" + heads + "'",
                    "heads of an even width, with width " + width,
                    "choose heads so that width / heads is even");
        }
        String tokenizer = fields.optionalText("tokenizer");
        Integer vocabulary = fields.optionalInteger("vocabulary", Fresh.MIN_VOCABULARY);
        if ((tokenizer == null) == (vocabulary == null)) {
            throw fields.invalid(
                    "vocabulary",
                    tokenizer == null ? "nothing" : "'" + vocabulary + "' together with a tokenizer",
                    "either tokenizer: DIR or vocabulary: N",
                    "name a tokenizer's directory, or how many tokens to learn from the data");
        }
        return new Fresh(
                tokenizer,
                vocabulary,
                width,
                fields.integer("mlp", Math.max(1, width * 8 / 3 / 8 * 8), 1),
                fields.integer("layers", 6, 1),
                heads,
                fields.integer("key_value_heads", heads, 1),
                fields.integer("context", 256, 1),
                fields.number("initializer_range", 0.02, Range.POSITIVE),
                fields.bool("tied", true),
                fields.bool("prefix_space", true));
    }
}
