package dev.attune.model.tokenizer;

import java.nio.charset.StandardCharsets;

/**
 * GPT-2's printable letters for the 256 bytes: printable Latin-1 maps to itself, the other bytes, in order, to the
 * characters from U+0100 on.
 */
final class ByteAlphabet {
    private static final char[] LETTERS = letters();

    private ByteAlphabet() {}

    private static char[] letters() {
        char[] letters = new char[256];
        char next = 256;
        for (int b = 0; b < 256; b++) {
            boolean printable = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
            letters[b] = printable ? (char) b : next++;
        }
        return letters;
    }

    /** The letter of a byte, 0 to 255. */
    static String letter(int value) {
        return String.valueOf(LETTERS[value]);
    }

    /** The bytes of a text in UTF-8, 0 to 255 each. */
    static int[] bytes(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        int[] values = new int[utf8.length];
        for (int i = 0; i < utf8.length; i++) {
            values[i] = utf8[i] & 0xFF;
        }
        return values;
    }
}
