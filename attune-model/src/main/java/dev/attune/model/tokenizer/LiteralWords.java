package dev.attune.model.tokenizer;

import dev.attune.core.error.BadInputException;
import dev.attune.core.text.TextSpan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Encodes texts in which some special words are control tokens and others are plain text, as transformers does with
 * {@code sanitize_control_tokens}: a text is split at the literal words as at special tokens, and each of them is
 * encoded separately without special tokens. Uses two more copies of the tokenizer: one that knows a private-use
 * character for each literal word, and one without special tokens.
 */
final class LiteralWords {
    /** The first character of plane 16, which is for private use: 65,534 characters that do not occur in texts. */
    private static final int FIRST_MARK = 0x100000;

    private static final int LAST_MARK = 0x10FFFD;

    private final Map<String, Integer> marks = new HashMap<>();
    private final Map<Integer, String> wordsById = new HashMap<>();
    private final Map<String, TokenizedText> words = new HashMap<>();
    private final long splitting;
    private final long plain;
    private final BiFunction<Long, String, TokenizedText> encode;

    private LiteralWords(long splitting, long plain, BiFunction<Long, String, TokenizedText> encode) {
        this.splitting = splitting;
        this.plain = plain;
        this.encode = encode;
    }

    /**
     * Creates the copies of the tokenizer.
     *
     * @param json the tokenizer's JSON
     * @param create loads a tokenizer from JSON and returns its handle
     * @param encode the tokens of a text under a handle
     */
    static LiteralWords of(
            ObjectNode json, ToLongFunction<ObjectNode> create, BiFunction<Long, String, TokenizedText> encode) {
        ObjectNode bare = json.deepCopy();
        bare.putNull("post_processor");
        ObjectNode marked = bare.deepCopy();
        Map<String, Integer> marks = new HashMap<>();
        ArrayNode kept = bare.putArray("added_tokens");
        ArrayNode known = (ArrayNode) marked.get("added_tokens");
        for (JsonNode token : json.path("added_tokens")) {
            if (!token.path("special").asBoolean(false)) {
                kept.add(token);
            } else if (FIRST_MARK + marks.size() <= LAST_MARK) {
                int mark = FIRST_MARK + marks.size();
                marks.put(token.path("content").asString(""), mark);
                known.add(marker(mark, Integer.MAX_VALUE - LAST_MARK + mark));
            }
        }
        LiteralWords words = new LiteralWords(create.applyAsLong(marked), create.applyAsLong(bare), encode);
        words.marks.putAll(marks);
        marks.forEach((word, mark) -> words.wordsById.put(
                encode.apply(words.splitting, Character.toString(mark)).ids()[0], word));
        return words;
    }

    /** The added token of a marker. The library gives it the next free id and ignores this one. */
    private static ObjectNode marker(int mark, int id) {
        return tools.jackson.databind.json.JsonMapper.shared()
                .createObjectNode()
                .put("id", id)
                .put("content", Character.toString(mark))
                .put("single_word", false)
                .put("lstrip", false)
                .put("rstrip", false)
                .put("normalized", false)
                .put("special", false);
    }

    /** The handles of the copies, to be freed. */
    List<Long> handles() {
        return List.of(splitting, plain);
    }

    /**
     * The tokens of a text.
     *
     * @param literal the special words that are text, in order
     */
    TokenizedText encode(String text, List<TextSpan> literal) {
        if (text.codePoints().anyMatch(c -> c >= FIRST_MARK)) {
            throw BadInputException.at(
                    "conversation",
                    "a private-use character of plane 16 (U+100000 to U+10FFFF)",
                    "text without such characters together with special words",
                    "remove it or set special_words: tokens");
        }
        StringBuilder marked = new StringBuilder();
        List<Integer> places = new ArrayList<>();
        int at = 0;
        for (TextSpan word : literal) {
            copy(text, at, word.start(), marked, places);
            Integer mark = marks.get(text.substring(word.start(), word.end()));
            if (mark == null) {
                throw new IllegalArgumentException(word + " is not a special word");
            }
            marked.appendCodePoint(mark);
            places.add(word.start());
            places.add(word.start());
            at = word.end();
        }
        copy(text, at, text.length(), marked, places);
        places.add(text.length());
        TokenizedText tokens = encode.apply(splitting, marked.toString());
        return spelt(tokens, places.stream().mapToInt(Integer::intValue).toArray());
    }

    /** Copies a part of a text, with one index per UTF-16 unit. */
    private static void copy(String text, int from, int to, StringBuilder marked, List<Integer> places) {
        marked.append(text, from, to);
        for (int i = from; i < to; i++) {
            places.add(i);
        }
    }

    /** Puts the tokens of literal words in place of their markers. */
    private TokenizedText spelt(TokenizedText tokens, int[] places) {
        List<int[]> all = new ArrayList<>();
        for (int i = 0; i < tokens.length(); i++) {
            int start = places[tokens.starts()[i]];
            TokenizedText word = word(tokens.ids()[i]);
            if (word == null) {
                all.add(new int[] {tokens.ids()[i], start, places[tokens.ends()[i]]});
                continue;
            }
            for (int j = 0; j < word.length(); j++) {
                all.add(new int[] {word.ids()[j], start + word.starts()[j], start + word.ends()[j]});
            }
        }
        return new TokenizedText(column(all, 0), column(all, 1), column(all, 2));
    }

    private @Nullable TokenizedText word(int id) {
        String word = wordsById.get(id);
        return word == null ? null : words.computeIfAbsent(word, text -> encode.apply(plain, text));
    }

    private static int[] column(List<int[]> rows, int index) {
        return rows.stream().mapToInt(row -> row[index]).toArray();
    }
}
