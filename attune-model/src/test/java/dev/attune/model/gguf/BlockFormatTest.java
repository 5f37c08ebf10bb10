package dev.attune.model.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Block formats against hand-computed values, and against what llama.cpp's Python package gguf 0.19.0 computes. */
class BlockFormatTest {
    /** The bytes of a linear congruential generator, which the script that made the hashes repeats. */
    private static byte[] bytes(int count, int seed) {
        byte[] bytes = new byte[count];
        int x = seed;
        for (int i = 0; i < count; i++) {
            x = x * 1_664_525 + 1_013_904_223;
            bytes[i] = (byte) (x >>> 24);
        }
        return bytes;
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static byte[] floats(float[] values) {
        ByteBuffer buffer = little(new byte[4 * values.length]);
        buffer.asFloatBuffer().put(values);
        return buffer.array();
    }

    @ParameterizedTest
    @CsvSource({
        "Q4_0, 0, -1, a6c3ba2c43979fee79feb4ee6f2e720dbd57605c252c08245484ff689103276b",
        "Q4_1, 0, 2, 97ac1965fccf8afcb3c8759ca4cec96388e43c470262d330bab0440368f6de06",
        "Q5_0, 0, -1, 6b2bec08c121d6c1e2a5f0268f900969daffcd531cde66ff208644b20d0777ff",
        "Q5_1, 0, 2, c6e7649e57c838c2f670b23e746f48a4455921b0dd5fdec74a8cd6fc85af532f",
        "Q8_0, 0, -1, 29c401c3d024d55c4f13778dee95cc4abeea12097004df3f7eb8a3886fcbded8",
        "Q4_K, 0, 2, 069a257aa675367395a1b385b0a1a6bc255496da8c5c06c4a6fd12ec9961593b",
        "Q5_K, 0, 2, 3d7c16715725b6462032a56f4a62411caebd6ec7798825a297342b0895c3d3f2",
        "Q6_K, 208, -1, 5500bed2518fa8fceda78635c13da22d25d8ce3827551877864b09cfd07d12fc"
    })
    void decodesAsLlamaCppDoes(BlockFormat format, int scale, int other, String expected) throws Exception {
        int blocks = 4;
        ByteBuffer stored = little(bytes(blocks * format.blockBytes(), 7));
        for (int block = 0; block < blocks; block++) {
            for (int at : new int[] {scale, other}) {
                if (at >= 0) {
                    short half = SmallFloats.toHalf((float) (0.01 * (block + 1) + 0.003 * at));
                    stored.putShort(block * format.blockBytes() + at, half);
                }
            }
        }
        float[] values = new float[blocks * format.blockValues()];
        format.decode(stored, values, values.length);
        assertThat(sha256(floats(values))).isEqualTo(expected);
    }

    @Test
    void encodesQ8AsLlamaCppDoes() throws Exception {
        byte[] given = bytes(128, 11);
        float[] values = new float[128];
        for (int i = 0; i < values.length; i++) {
            values[i] = ((given[i] & 0xFF) - 127.5f) / 37;
        }
        java.util.Arrays.fill(values, 32, 64, 0);
        values[64] = 1e-9f;
        byte[] stored = new byte[4 * 34];
        BlockFormat.Q8_0.encode(values, values.length, little(stored));
        assertThat(sha256(stored)).isEqualTo("751ea79353471a7cd0fddae3fb5a7d0d7a3ca0cef7cce14b40b74baac965da98");
    }

    @ParameterizedTest
    @CsvSource({
        "BF16, 9f31cbe94f57505b683a3309ef5a2066c71a96afc0a5e0a33a2a821d541ea44f",
        "F16, 608db5e9bc44fb5849bdca36883bed83a78fda668cf3ac34fc6bdff73c6d03e5"
    })
    void roundsTo16BitsAsNumpyDoes(BlockFormat format, String expected) throws Exception {
        byte[] given = bytes(512, 5);
        float[] values = new float[512];
        for (int i = 0; i < values.length; i++) {
            float x = ((given[i] & 0xFF) - 100) * 0.0137f;
            values[i] = x * x * x;
        }
        byte[] stored = new byte[1024];
        format.encode(values, values.length, little(stored));
        assertThat(sha256(stored)).isEqualTo(expected);
    }

    /** The low half of byte 0 is value 0, the high half value 16, not 1. */
    @Test
    void nibblesOfQ4() {
        byte[] block = new byte[18];
        little(block).putShort(0, SmallFloats.toHalf(0.5f));
        block[2] = (byte) 0x9A;
        float[] values = new float[32];
        BlockFormat.Q4_0.decode(little(block), values, 32);
        assertThat(values[0]).isEqualTo(1.0f);
        assertThat(values[1]).isEqualTo(-4.0f);
        assertThat(values[16]).isEqualTo(0.5f);
    }

    @Test
    void aBlockOfZerosHasScaleZero() {
        byte[] stored = new byte[34];
        BlockFormat.Q8_0.encode(new float[32], 32, little(stored));
        assertThat(stored).containsOnly(0);
        float[] values = new float[32];
        BlockFormat.Q8_0.decode(little(stored), values, 32);
        assertThat(values).containsOnly(0);
    }

    @Test
    void bfloatRoundsToEvenAndKeepsNaN() {
        assertThat(SmallFloats.toBfloat(Float.intBitsToFloat(0x3F80_8000))).isEqualTo((short) 0x3F80);
        assertThat(SmallFloats.toBfloat(Float.intBitsToFloat(0x3F81_8000))).isEqualTo((short) 0x3F82);
        assertThat(SmallFloats.toBfloat(Float.intBitsToFloat(0x3F80_8001))).isEqualTo((short) 0x3F81);
        // without the quiet bit this NaN would round to infinity, the next one to minus zero
        assertThat(SmallFloats.fromBfloat(SmallFloats.toBfloat(Float.intBitsToFloat(0x7F80_0001))))
                .isNaN();
        assertThat(SmallFloats.fromBfloat(SmallFloats.toBfloat(Float.intBitsToFloat(0x7FFF_FFFF))))
                .isNaN();
    }

    @Test
    void halfOverflowsAt65520() {
        assertThat(SmallFloats.fromHalf(SmallFloats.toHalf(65_519.996f))).isEqualTo(65_504f);
        assertThat(SmallFloats.fromHalf(SmallFloats.toHalf(65_520f))).isEqualTo(Float.POSITIVE_INFINITY);
    }

    @Test
    void everyHalfIsReadAndWrittenBack() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            float value = SmallFloats.fromHalf((short) bits);
            if (!Float.isNaN(value)) {
                assertThat(SmallFloats.toHalf(value)).isEqualTo((short) bits);
            }
        }
    }
}
