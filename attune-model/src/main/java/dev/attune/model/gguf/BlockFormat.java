package dev.attune.model.gguf;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The formats of tensor data that Attune reads; those with an encoder it also writes. */
@SuppressWarnings("ImmutableEnumChecker") // the methods that read and write a block have no state
public enum BlockFormat {
    F32(0, 1, 4, (in, at, out, to) -> out[to] = in.getFloat(at), (in, from, out, at) -> out.putFloat(at, in[from])),
    F16(
            1,
            1,
            2,
            (in, at, out, to) -> out[to] = SmallFloats.fromHalf(in.getShort(at)),
            (in, from, out, at) -> out.putShort(at, SmallFloats.toHalf(in[from]))),
    BF16(
            30,
            1,
            2,
            (in, at, out, to) -> out[to] = SmallFloats.fromBfloat(in.getShort(at)),
            (in, from, out, at) -> out.putShort(at, SmallFloats.toBfloat(in[from]))),
    Q4_0(2, 32, 18, Blocks::q4Zero, null),
    Q4_1(3, 32, 20, Blocks::q4One, null),
    Q5_0(6, 32, 22, Blocks::q5Zero, null),
    Q5_1(7, 32, 24, Blocks::q5One, null),
    Q8_0(8, 32, 34, Blocks::q8Zero, Blocks::toQ8Zero),
    Q4_K(12, 256, 144, Blocks::q4K, null),
    Q5_K(13, 256, 176, Blocks::q5K, null),
    Q6_K(14, 256, 210, Blocks::q6K, null);

    /** Names of the other formats by their numbers, for error messages. */
    private static final String[] OTHERS = new String[40];

    static {
        String[] names = {
            "9 q8_1",
            "10 q2_k",
            "11 q3_k",
            "15 q8_k",
            "16 iq2_xxs",
            "17 iq2_xs",
            "18 iq3_xxs",
            "19 iq1_s",
            "20 iq4_nl",
            "21 iq3_s",
            "22 iq2_s",
            "23 iq4_xs",
            "24 i8",
            "25 i16",
            "26 i32",
            "27 i64",
            "28 f64",
            "29 iq1_m",
            "34 tq1_0",
            "35 tq2_0",
            "39 mxfp4"
        };
        for (String name : names) {
            String[] parts = name.split(" ", -1);
            OTHERS[Integer.parseInt(parts[0])] = parts[1];
        }
    }

    private final int number;
    private final int blockValues;
    private final int blockBytes;
    private final Decoder decoder;
    private final @Nullable Encoder encoder;

    BlockFormat(int number, int blockValues, int blockBytes, Decoder decoder, @Nullable Encoder encoder) {
        this.number = number;
        this.blockValues = blockValues;
        this.blockBytes = blockBytes;
        this.decoder = decoder;
        this.encoder = encoder;
    }

    /** Reads the block at an offset of a buffer into an array. */
    private interface Decoder {
        void decode(ByteBuffer in, int at, float[] out, int to);
    }

    /** Writes values of an array as the block at an offset of a buffer. */
    private interface Encoder {
        void encode(float[] in, int from, ByteBuffer out, int at);
    }

    /** The number of the format in the file. */
    public int number() {
        return number;
    }

    /** The number of values in one block; a row must be a multiple of it. */
    public int blockValues() {
        return blockValues;
    }

    /** The bytes of one block. */
    public int blockBytes() {
        return blockBytes;
    }

    /** The name as in llama.cpp: {@code q8_0}. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Whether rows of this length can be stored. */
    public boolean fits(long rowLength) {
        return rowLength % blockValues == 0;
    }

    /** The bytes of so many values, a multiple of {@link #blockValues}. */
    public long bytes(long values) {
        return Math.multiplyExact(values / blockValues, blockBytes);
    }

    /** Numbers of this magnitude and larger become infinite. */
    public double overflow() {
        return switch (this) {
            case F16 -> SmallFloats.HALF_OVERFLOW;
            case BF16 -> 0x1.FFp127;
            case Q8_0 -> 127.0 * SmallFloats.HALF_OVERFLOW;
            default -> Double.POSITIVE_INFINITY;
        };
    }

    /**
     * Decodes whole blocks from the start of a little-endian buffer.
     *
     * @param count of values, a multiple of {@link #blockValues}
     */
    public void decode(ByteBuffer in, float[] out, int count) {
        for (int block = 0; block < count / blockValues; block++) {
            decoder.decode(in, block * blockBytes, out, block * blockValues);
        }
    }

    /**
     * Encodes whole blocks to the start of a little-endian buffer.
     *
     * @param count of values, a multiple of {@link #blockValues}
     * @throws UnsupportedOperationException if Attune does not write this format
     */
    public void encode(float[] in, int count, ByteBuffer out) {
        if (encoder == null) {
            throw new UnsupportedOperationException(label() + " is only read");
        }
        for (int block = 0; block < count / blockValues; block++) {
            encoder.encode(in, block * blockValues, out, block * blockBytes);
        }
    }

    static @Nullable BlockFormat numbered(long number) {
        for (BlockFormat format : values()) {
            if (format.number == number) {
                return format;
            }
        }
        return null;
    }

    /** The name of a format that Attune does not read. */
    static String unknownName(long number) {
        String known = number >= 0 && number < OTHERS.length ? OTHERS[(int) number] : null;
        return known == null ? "number " + Long.toUnsignedString(number) : known;
    }

    /** The names of all formats, for error messages. */
    static String labels() {
        return Arrays.stream(values()).map(BlockFormat::label).collect(Collectors.joining(", "));
    }
}
