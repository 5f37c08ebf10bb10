package dev.attune.serve.model;

import dev.attune.core.error.RefusedConversationException;
import dev.attune.core.text.Prompt;
import dev.attune.model.conversation.ConversationEncoder;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.serve.text.ThinkingText;
import dev.attune.serve.text.TokenBytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Encodes the texts of requests for one model, and names its tokens. Safe for use by several threads. */
public final class ModelTexts implements TokenBytes {
    /** Words that separate parts of an answer; a tokenizer may have them as special tokens. */
    private static final List<String> MARKERS =
            List.of(ThinkingText.OPEN, ThinkingText.CLOSE, "<tool_call>", "</tool_call>");

    private final ConversationEncoder encoder;
    private final Tokenizer tokenizer;
    private final TokenBytes bytes;
    private final Map<Integer, byte[]> markers = new HashMap<>();
    private final Map<Integer, String> names = new HashMap<>();
    private final int longestToken;

    ModelTexts(ServedModel model) {
        this.encoder = model.encoder();
        this.tokenizer = encoder.tokenizer();
        this.bytes = model.bytes();
        int longest = 1;
        for (var entry : tokenizer.vocabulary().entrySet()) {
            int id = entry.getValue();
            byte[] piece = bytes.bytes(id);
            if (piece == null) {
                names.put(id, entry.getKey());
            }
            longest = Math.max(longest, piece == null ? entry.getKey().length() : piece.length);
        }
        this.longestToken = longest;
        for (String marker : MARKERS) {
            Integer id = tokenizer.idOf(marker);
            if (id != null) {
                markers.put(id, marker.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    public boolean hasTemplate() {
        return encoder.hasTemplate();
    }

    /** The tokens of a prompt, as {@link ConversationEncoder#prompt}. */
    public synchronized int[] prompt(Prompt prompt) {
        return encoder.prompt(prompt);
    }

    /** The rendered text of a prompt, or null if the template refuses it. */
    public synchronized @Nullable String rendered(Prompt prompt) {
        try {
            return encoder.text(prompt);
        } catch (RefusedConversationException e) {
            return null;
        }
    }

    /** White space with which answers of this template begin, and which belongs to no answer. */
    public synchronized String lead() {
        String lead = encoder.endOfTurn().lead();
        return lead.isBlank() ? lead : "";
    }

    public synchronized Set<Integer> endTokens() {
        return encoder.endTokens();
    }

    /** The tokens after which a text without a conversation ends. */
    public Set<Integer> endOfText() {
        return Set.copyOf(tokenizer.eosIds());
    }

    /** The tokens of a text, with those that the tokenizer adds by itself. */
    public int[] tokens(String text) {
        return tokenizer.encodeWithSpecials(text);
    }

    /** The tokens of a text, with nothing added. */
    public int[] plainTokens(String text) {
        return tokenizer.encode(text);
    }

    /** The text of tokens, without special ones. */
    public String decode(int... ids) {
        return tokenizer.decode(ids);
    }

    /** The token with which a text begins, or one that separates texts; null if there is neither. */
    public @Nullable Integer firstToken() {
        return tokenizer.bosId() == null ? tokenizer.eosId() : tokenizer.bosId();
    }

    public @Nullable Integer idOf(String token) {
        return tokenizer.idOf(token);
    }

    /** A number of tokens below which no text of this length can be. */
    public int fewestTokens(long characters) {
        return (int) Math.min(Integer.MAX_VALUE, characters / longestToken);
    }

    @Override
    public byte @Nullable [] bytes(int id) {
        byte[] marker = markers.get(id);
        return marker == null ? bytes.bytes(id) : marker;
    }

    /** The bytes of a token; of a special token those of its name. */
    public byte[] nameBytes(int id) {
        byte[] piece = bytes.bytes(id);
        return piece == null ? names.getOrDefault(id, "").getBytes(StandardCharsets.UTF_8) : piece;
    }

    /** A token as log-probabilities name it: its text, or {@code bytes:\xf0\x9f} if it is no whole characters. */
    public String name(int id) {
        byte[] piece = nameBytes(id);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(piece))
                    .toString();
        } catch (CharacterCodingException e) {
            StringBuilder text = new StringBuilder("bytes:");
            for (byte b : piece) {
                text.append(String.format(Locale.ROOT, "\\x%02x", b & 0xFF));
            }
            return text.toString();
        }
    }
}
