package dev.attune.model.gguf;

import dev.attune.core.error.BadInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * How byte-level BPE splits a text before merging. GGUF has a name for it ({@code tokenizer.ggml.pre}), Hugging Face
 * the patterns themselves. A name is derived from the patterns, never guessed.
 */
@SuppressWarnings("ImmutableEnumChecker") // the list of names is immutable
enum PreTokenizer {
    GPT_2(false, "gpt-2", "phi-2", "olmo", "mpt", "jais", "gpt-neox", "roberta-bpe"),
    SMOLLM(false, "smollm", "starcoder", "refact", "command-r", "codeshell", "exaone", "minerva-7b"),
    LLAMA_3(true, "llama-bpe", "llama3", "llama-v3", "falcon3"),
    DBRX(false, "dbrx", "smaug-bpe"),
    QWEN_2(false, "qwen2", "stablelm2", "deepseek-r1-qwen", "megrez"),
    GPT_4O(false, "gpt-4o", "llama4"),
    TEKKEN(true, "tekken");

    private static final String DIGITS = "digits";
    private static final String GPT_2_WORDS = "gpt-2 words";
    private static final String CONTRACTION = "(?i:'s|'t|'re|'ve|'m|'ll|'d)";
    private static final String SPACES = "|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
    private static final String UPPER = "\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}";
    private static final String LOWER = "\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}";
    private static final String START = "[^\\r\\n\\p{L}\\p{N}]?";

    /** Whether a word that is a token as a whole is not merged from its letters. */
    private final boolean wholeWords;

    private final List<String> names;

    PreTokenizer(boolean wholeWords, String... names) {
        this.wholeWords = wholeWords;
        this.names = List.of(names);
    }

    /** The name that is written. */
    String ggufName() {
        return names.get(0);
    }

    boolean wholeWords() {
        return wholeWords;
    }

    /** The steps of the split, in order: digits, the words of GPT-2, or a regular expression. */
    private List<String> steps() {
        return switch (this) {
            case GPT_2 -> List.of(GPT_2_WORDS);
            case SMOLLM -> List.of(DIGITS, GPT_2_WORDS);
            case LLAMA_3, DBRX -> List.of(words("\\p{N}{1,3}"));
            case QWEN_2 -> List.of(words("\\p{N}"));
            case GPT_4O -> List.of(cased(CONTRACTION + "?", "\\p{N}{1,3}"));
            case TEKKEN -> List.of(cased("", "\\p{N}"));
        };
    }

    private static String words(String number) {
        return CONTRACTION + "|" + START + "\\p{L}+|" + number + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*" + SPACES;
    }

    private static String cased(String contraction, String number) {
        return START + "[" + UPPER + "]*[" + LOWER + "]+" + contraction + "|" + START + "[" + UPPER + "]+[" + LOWER
                + "]*" + contraction + "|" + number + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*" + SPACES;
    }

    // ---- from Hugging Face ----

    /**
     * The entry with the patterns of a tokenizer.json.
     *
     * @param place of the file, for error messages
     * @throws BadInputException with the pattern, if none has it
     */
    static PreTokenizer of(String place, ObjectNode tokenizer) {
        String where = place + ", key pre_tokenizer";
        List<String> steps = new ArrayList<>();
        collect(where, tokenizer.path("pre_tokenizer"), steps);
        boolean whole = tokenizer.path("model").path("ignore_merges").asBoolean(false);
        return Arrays.stream(values())
                .filter(known -> known.steps().equals(steps) && known.wholeWords == whole)
                .findFirst()
                .orElseThrow(() -> unknown(
                        where, "the pattern " + String.join(", then ", steps) + " with ignore_merges " + whole));
    }

    private static void collect(String where, JsonNode node, List<String> steps) {
        switch (node.path("type").asString("")) {
            case "Sequence" -> node.path("pretokenizers").forEach(child -> collect(where, child, steps));
            case "Digits" -> {
                if (!node.path("individual_digits").asBoolean(false)) {
                    throw unknown(where, "Digits that are not split from each other");
                }
                steps.add(DIGITS);
            }
            case "Split" -> steps.add(pattern(where, node));
            case "ByteLevel" -> {
                if (node.path("add_prefix_space").asBoolean(true)) {
                    throw unknown(where, "ByteLevel with add_prefix_space true");
                }
                if (node.path("use_regex").asBoolean(true)) {
                    steps.add(GPT_2_WORDS);
                }
            }
            default -> throw unknown(where, node.isMissingNode() ? "nothing" : shown(node));
        }
    }

    private static String pattern(String where, JsonNode split) {
        JsonNode regex = split.path("pattern").path("Regex");
        boolean invert = split.path("invert").asBoolean(false);
        String behavior = split.path("behavior").asString("");
        boolean pieces = (behavior.equals("Isolated") && !invert) || (behavior.equals("Removed") && invert);
        if (!regex.isString() || !pieces) {
            throw unknown(where, shown(split));
        }
        return regex.stringValue();
    }

    private static String shown(JsonNode node) {
        String text = node.toString();
        return text.length() <= 300 ? text : text.substring(0, 297) + "...";
    }

    private static BadInputException unknown(String where, String found) {
        return BadInputException.at(
                where,
                found,
                "a split that llama.cpp has a name for: " + written(),
                "use the Hugging Face directory; with another split the model would read other tokens");
    }

    private static String written() {
        return Arrays.stream(values()).map(PreTokenizer::ggufName).collect(Collectors.joining(", "));
    }

    // ---- to Hugging Face ----

    /**
     * The entry with a name, of the file or of one of its other spellings.
     *
     * @throws BadInputException with the name, if none has it, or if there is none
     */
    static PreTokenizer named(Metadata metadata, String key) {
        @Nullable String name = metadata.text(key);
        return Arrays.stream(values())
                .filter(known -> name != null && known.names.contains(name))
                .findFirst()
                .orElseThrow(() -> metadata.invalid(
                        key,
                        name == null ? "nothing" : "'" + name + "'",
                        "one of " + written() + ": it is not guessed"));
    }

    /** The pre_tokenizer of tokenizer.json. */
    ObjectNode json() {
        ObjectNode sequence = JsonMapper.shared().createObjectNode().put("type", "Sequence");
        var children = sequence.putArray("pretokenizers");
        boolean words = false;
        for (String step : steps()) {
            switch (step) {
                case DIGITS -> children.addObject().put("type", "Digits").put("individual_digits", true);
                case GPT_2_WORDS -> words = true;
                default -> {
                    ObjectNode split = children.addObject().put("type", "Split");
                    split.putObject("pattern").put("Regex", step);
                    split.put("behavior", "Isolated").put("invert", false);
                }
            }
        }
        children.add(byteLevel(words));
        return sequence;
    }

    static ObjectNode byteLevel(boolean useRegex) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true)
                .put("use_regex", useRegex);
    }
}
