package dev.attune.model.gguf;

import dev.attune.core.error.BadInputException;
import dev.attune.model.tokenizer.TokenizerSource;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a tokenizer of SentencePiece's kind writes spaces: as ▁, with one before each text or not. tokenizer.json says it
 * in one of three ways.
 *
 * @param prefix whether a space is put before a text, also behind a special token
 * @param notes what llama.cpp does differently
 */
record SpaceEscape(boolean prefix, List<String> notes) {
    private static final String SPACE = "▁";

    static SpaceEscape of(TokenizerSource source) {
        JsonNode normalizer = source.json().path("normalizer");
        JsonNode split = source.json().path("pre_tokenizer");
        List<JsonNode> steps = new ArrayList<>();
        if (normalizer.path("type").asString("").equals("Sequence")) {
            normalizer.path("normalizers").forEach(steps::add);
        } else if (normalizer.isObject()) {
            steps.add(normalizer);
        }
        if (steps.isEmpty() && split.path("type").asString("").equals("Metaspace")) {
            return metaspace(source, split);
        }
        boolean prefix = !steps.isEmpty() && isPrepend(steps.get(0));
        List<JsonNode> rest = prefix ? steps.subList(1, steps.size()) : steps;
        if (rest.size() != 1
                || !isReplace(rest.get(0))
                || !(split.isMissingNode() || split.isNull() || isIdle(split))) {
            throw unknown(source, normalizer + " with pre_tokenizer " + split);
        }
        return new SpaceEscape(prefix, List.of());
    }

    private static SpaceEscape metaspace(TokenizerSource source, JsonNode metaspace) {
        if (metaspace.path("split").asBoolean(true)
                || !metaspace.path("replacement").asString("").equals(SPACE)) {
            throw unknown(source, metaspace.toString());
        }
        String scheme = metaspace
                .path("prepend_scheme")
                .asString(metaspace.path("add_prefix_space").asBoolean(true) ? "always" : "never");
        return switch (scheme) {
            case "never" -> new SpaceEscape(false, List.of());
            case "always" -> new SpaceEscape(true, List.of());
            case "first" ->
                new SpaceEscape(
                        true,
                        List.of("the tokenizer puts a space before the first text only (prepend_scheme first);"
                                + " llama.cpp also puts one behind each special token"));
            default -> throw unknown(source, metaspace.toString());
        };
    }

    private static boolean isPrepend(JsonNode step) {
        return step.path("type").asString("").equals("Prepend")
                && step.path("prepend").asString("").equals(SPACE);
    }

    private static boolean isReplace(JsonNode step) {
        return step.path("type").asString("").equals("Replace")
                && step.path("pattern").path("String").asString("").equals(" ")
                && step.path("content").asString("").equals(SPACE);
    }

    /** A split at spaces, of which none are left (Gemma). */
    private static boolean isIdle(JsonNode split) {
        return split.path("type").asString("").equals("Split")
                && split.path("pattern").path("String").asString("").equals(" ");
    }

    private static BadInputException unknown(TokenizerSource source, String found) {
        return BadInputException.at(
                source.place() + ", key normalizer",
                found,
                "spaces as " + SPACE + ", with or without one before the text, and no split into words",
                "use the Hugging Face directory");
    }

    /** The normalizer of tokenizer.json. */
    static ObjectNode json(boolean prefix) {
        ObjectNode sequence = JsonMapper.shared().createObjectNode().put("type", "Sequence");
        ArrayNode steps = sequence.putArray("normalizers");
        if (prefix) {
            steps.addObject().put("type", "Prepend").put("prepend", SPACE);
        }
        ObjectNode replace = steps.addObject().put("type", "Replace");
        replace.putObject("pattern").put("String", " ");
        replace.put("content", SPACE);
        return sequence;
    }
}
