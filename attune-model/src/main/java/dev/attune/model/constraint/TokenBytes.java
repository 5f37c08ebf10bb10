package dev.attune.model.constraint;

import dev.attune.model.tokenizer.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the tokens of a tokenizer stand for in the middle of a text. */
final class TokenBytes {
    private static final Pattern BYTE = Pattern.compile("<0x[0-9A-Fa-f]{2}>");
    private static final char SPACE_MARK = '\u2581';

    private final Tokenizer tokenizer;
    private final Set<Integer> special;
    private final boolean byteLetters;

    private TokenBytes(Tokenizer tokenizer, boolean byteLetters) {
        this.tokenizer = tokenizer;
        this.special = Set.copyOf(tokenizer.controlTokens().values());
        this.byteLetters = byteLetters;
    }

    static TokenBytes of(Tokenizer tokenizer) {
        // GPT-2's letter for the line feed is in every vocabulary of bytes; others write it as <0x0A> or as it is.
        boolean letters =
                tokenizer.idOf("\u010A") != null && tokenizer.idOf("<0x0A>") == null && tokenizer.idOf("\n") == null;
        return new TokenBytes(tokenizer, letters);
    }

    /** Null for special tokens. */
    byte @Nullable [] bytes(String token, int id) {
        if (special.contains(id)) {
            return null;
        }
        if (tokenizer.isAdded(id)) {
            return token.getBytes(StandardCharsets.UTF_8);
        }
        return byteLetters ? ofLetters(token) : ofPiece(token);
    }

    private static byte @Nullable [] ofLetters(String token) {
        byte[] bytes = new byte[token.length()];
        for (int i = 0; i < bytes.length; i++) {
            int value = value(token.charAt(i));
            if (value < 0) {
                return null;
            }
            bytes[i] = (byte) value;
        }
        return bytes;
    }

    private static int value(char letter) {
        boolean printable = (letter >= '!' && letter <= '~') || (letter >= 0xA1 && letter <= 0xFF && letter != 0xAD);
        if (printable) {
            return letter;
        }
        int index = letter - 0x100;
        if (index < 0 || index > 67) {
            return -1;
        }
        // The 68 bytes that are not printable, in order.
        return index <= 0x20 ? index : index <= 0x21 + 0x21 ? index - 0x21 + 0x7F : 0xAD;
    }

    private static byte[] ofPiece(String token) {
        if (BYTE.matcher(token).matches()) {
            return new byte[] {(byte) Integer.parseInt(token.substring(3, 5), 16)};
        }
        return token.replace(SPACE_MARK, ' ').getBytes(StandardCharsets.UTF_8);
    }
}
