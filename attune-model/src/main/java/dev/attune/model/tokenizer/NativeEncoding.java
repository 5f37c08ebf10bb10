package dev.attune.model.tokenizer;

import ai.djl.huggingface.tokenizers.jni.CharSpan;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Results of the tokenizers library, copied out and freed. */
final class NativeEncoding {
    private static final TokenizersLibrary LIBRARY = TokenizersLibrary.LIB;

    private NativeEncoding() {}

    /** The token ids of an encoding, which is freed. */
    static int[] ids(long encoding) {
        try {
            return copied(encoding);
        } finally {
            LIBRARY.deleteEncoding(encoding);
        }
    }

    /**
     * The tokens of an encoding, which is freed, with their positions.
     *
     * @param places for each code point of the encoded text, and for its end, the index to report
     */
    static TokenizedText tokens(long encoding, int[] places) {
        try {
            int[] ids = copied(encoding);
            @Nullable CharSpan[] spans = LIBRARY.getTokenCharSpans(encoding);
            int[] starts = new int[ids.length];
            int[] ends = new int[ids.length];
            for (int i = 0; i < ids.length; i++) {
                CharSpan span = spans[i];
                int before = i == 0 ? 0 : ends[i - 1];
                starts[i] = span == null ? before : places[Math.min(span.getStart(), places.length - 1)];
                ends[i] = span == null ? before : places[Math.min(span.getEnd(), places.length - 1)];
            }
            return new TokenizedText(ids, starts, ends);
        } finally {
            LIBRARY.deleteEncoding(encoding);
        }
    }

    private static int[] copied(long encoding) {
        return Arrays.stream(LIBRARY.getTokenIds(encoding))
                .mapToInt(Math::toIntExact)
                .toArray();
    }
}
