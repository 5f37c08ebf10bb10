package dev.attune.serve.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Decodes UTF-8 that comes in pieces: keeps the bytes of an incomplete character, and writes U+FFFD for wrong ones. */
final class Utf8Decoder {
    private static final byte[] NONE = {};

    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private byte[] kept = NONE;

    /** The characters that are complete with these bytes. */
    String add(byte[] bytes) {
        return decode(bytes, false);
    }

    /** What is left at the end: U+FFFD if a character is incomplete. */
    String end() {
        return decode(NONE, true);
    }

    private String decode(byte[] bytes, boolean end) {
        ByteBuffer in = ByteBuffer.allocate(kept.length + bytes.length)
                .put(kept)
                .put(bytes)
                .flip();
        CharBuffer out = CharBuffer.allocate(in.remaining() + 1);
        decoder.reset().decode(in, out, end);
        kept = new byte[in.remaining()];
        in.get(kept);
        return out.flip().toString();
    }
}
