package dev.attune.model.constraint.machine;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The text of a key from the bytes between its quotes, which are well-formed. */
final class KeyText {
    private KeyText() {}

    static String of(Frame.@Nullable Bytes last) {
        int size = 0;
        for (Frame.Bytes at = last; at != null; at = at.before()) {
            size++;
        }
        byte[] bytes = new byte[size];
        for (Frame.Bytes at = last; at != null; at = at.before()) {
            bytes[--size] = (byte) at.value();
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.indexOf('\\') < 0 ? text : unescaped(text);
    }

    private static String unescaped(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                plain.append(c);
                continue;
            }
            char kind = text.charAt(++i);
            if (kind == 'u') {
                plain.append((char) Integer.parseInt(text.substring(i + 1, i + 5), 16));
                i += 4;
            } else {
                int control = "bfnrt".indexOf(kind);
                plain.append(control < 0 ? kind : "\b\f\n\r\t".charAt(control));
            }
        }
        return plain.toString();
    }
}
