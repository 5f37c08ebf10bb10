package dev.attune.serve;

import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.serve.text.TokenBytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** A test double: the bytes of tokens of the two tokenizers of these tests. */
final class PieceBytes implements TokenBytes {
    private final Map<Integer, byte[]> bytes = new HashMap<>();

    PieceBytes(Tokenizer tokenizer) {
        boolean byteLetters = tokenizer.vocabulary().containsKey("Ġ");
        tokenizer.vocabulary().forEach((piece, id) -> {
            if (!tokenizer.isAdded(id)) {
                bytes.put(id, byteLetters ? letters(piece) : marks(piece));
            }
        });
    }

    @Override
    public byte[] bytes(int id) {
        return bytes.get(id);
    }

    private static byte[] marks(String piece) {
        return piece.matches("<0x[0-9A-F]{2}>")
                ? new byte[] {(byte) Integer.parseInt(piece.substring(3, 5), 16)}
                : piece.replace('▁', ' ').getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] letters(String piece) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        piece.codePoints().forEach(c -> out.write(value(c)));
        return out.toByteArray();
    }

    private static int value(int letter) {
        int next = 256;
        for (int b = 0; b < 256; b++) {
            boolean printable = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
            if (letter == (printable ? b : next)) {
                return b;
            }
            next += printable ? 0 : 1;
        }
        throw new IllegalArgumentException("no byte: " + letter);
    }
}
