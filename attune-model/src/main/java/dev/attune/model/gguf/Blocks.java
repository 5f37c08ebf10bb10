package dev.attune.model.gguf;

import java.nio.ByteBuffer;

/**
 * The layouts of the block formats. A block holds 32 values with one scale d, or 256 values in eight or sixteen groups
 * whose scales are quantised themselves (the K formats). Each method converts one block.
 */
final class Blocks {
    private Blocks() {}

    // ---- 32 values ----

    /** d, 16 bytes of nibbles: value j is in the low half of byte j, value j + 16 in the high half. x = d (q - 8) */
    static void q4Zero(ByteBuffer block, int at, float[] out, int to) {
        float d = half(block, at);
        for (int j = 0; j < 16; j++) {
            int q = block.get(at + 2 + j);
            out[to + j] = ((q & 15) - 8) * d;
            out[to + 16 + j] = ((q >> 4 & 15) - 8) * d;
        }
    }

    /** d, m, 16 bytes of nibbles. x = d q + m */
    static void q4One(ByteBuffer block, int at, float[] out, int to) {
        float d = half(block, at);
        float m = half(block, at + 2);
        for (int j = 0; j < 16; j++) {
            int q = block.get(at + 4 + j);
            out[to + j] = (q & 15) * d + m;
            out[to + 16 + j] = (q >> 4 & 15) * d + m;
        }
    }

    /** d, 32 fifth bits, 16 bytes of nibbles. x = d (q - 16) */
    static void q5Zero(ByteBuffer block, int at, float[] out, int to) {
        float d = half(block, at);
        int high = block.getInt(at + 2);
        for (int j = 0; j < 16; j++) {
            int q = block.get(at + 6 + j);
            out[to + j] = (((q & 15) | ((high >>> j) & 1) << 4) - 16) * d;
            out[to + 16 + j] = (((q >> 4 & 15) | ((high >>> (j + 16)) & 1) << 4) - 16) * d;
        }
    }

    /** d, m, 32 fifth bits, 16 bytes of nibbles. x = d q + m */
    static void q5One(ByteBuffer block, int at, float[] out, int to) {
        float d = half(block, at);
        float m = half(block, at + 2);
        int high = block.getInt(at + 4);
        for (int j = 0; j < 16; j++) {
            int q = block.get(at + 8 + j);
            out[to + j] = ((q & 15) | ((high >>> j) & 1) << 4) * d + m;
            out[to + 16 + j] = ((q >> 4 & 15) | ((high >>> (j + 16)) & 1) << 4) * d + m;
        }
    }

    /** d, 32 signed bytes. x = d q */
    static void q8Zero(ByteBuffer block, int at, float[] out, int to) {
        float d = half(block, at);
        for (int j = 0; j < 32; j++) {
            out[to + j] = block.get(at + 2 + j) * d;
        }
    }

    /** d = max |x| / 127; a block of zeros has d = 0. Halves are rounded away from zero, as in llama.cpp. */
    static void toQ8Zero(float[] in, int from, ByteBuffer block, int at) {
        float largest = 0;
        for (int j = 0; j < 32; j++) {
            largest = Math.max(largest, Math.abs(in[from + j]));
        }
        float d = largest / 127;
        float inverse = d == 0 ? 0 : 1 / d;
        block.putShort(at, SmallFloats.toHalf(d));
        for (int j = 0; j < 32; j++) {
            float scaled = in[from + j] * inverse;
            block.put(at + 2 + j, (byte) Math.copySign((int) (Math.abs((double) scaled) + 0.5), scaled));
        }
    }

    // ---- 256 values ----

    /** d, dmin, 12 bytes of scales, 128 bytes of nibbles. x = d scale q - dmin min */
    static void q4K(ByteBuffer block, int at, float[] out, int to) {
        for (int group = 0; group < 8; group++) {
            float d = half(block, at) * scale(block, at + 4, group);
            float m = half(block, at + 2) * minimum(block, at + 4, group);
            for (int l = 0; l < 32; l++) {
                out[to + 32 * group + l] = d * nibble(block, at + 16, group, l) - m;
            }
        }
    }

    /** As q4_k, with 32 bytes of fifth bits before the nibbles. */
    static void q5K(ByteBuffer block, int at, float[] out, int to) {
        for (int group = 0; group < 8; group++) {
            float d = half(block, at) * scale(block, at + 4, group);
            float m = half(block, at + 2) * minimum(block, at + 4, group);
            for (int l = 0; l < 32; l++) {
                int fifth = block.get(at + 16 + l) >> group & 1;
                out[to + 32 * group + l] = d * (nibble(block, at + 48, group, l) + 16 * fifth) - m;
            }
        }
    }

    /** 128 bytes of nibbles, 64 bytes of two high bits, 16 signed scales, d. x = d scale (q - 32) */
    static void q6K(ByteBuffer block, int at, float[] out, int to) {
        float d = half(block, at + 208);
        for (int i = 0; i < 256; i++) {
            int side = i / 128;
            int quarter = i % 128 / 32;
            int l = i % 32;
            int low = block.get(at + 64 * side + 32 * (quarter & 1) + l) >> (4 * (quarter >> 1)) & 15;
            int high = block.get(at + 128 + 32 * side + l) >> (2 * quarter) & 3;
            out[to + i] = d * block.get(at + 192 + i / 16) * ((low | high << 4) - 32);
        }
    }

    /** Groups 2k and 2k + 1 are the low and high halves of the same 32 bytes. */
    private static int nibble(ByteBuffer block, int at, int group, int l) {
        return block.get(at + 32 * (group / 2) + l) >> (4 * (group & 1)) & 15;
    }

    /** Six bits: those of groups 4 to 7 are split into a nibble and the two high bits of another byte. */
    private static int scale(ByteBuffer block, int at, int group) {
        return group < 4
                ? block.get(at + group) & 63
                : (block.get(at + group + 4) & 15) | (block.get(at + group - 4) >> 6 & 3) << 4;
    }

    private static int minimum(ByteBuffer block, int at, int group) {
        return group < 4
                ? block.get(at + group + 4) & 63
                : (block.get(at + group + 4) >> 4 & 15) | (block.get(at + group) >> 6 & 3) << 4;
    }

    private static float half(ByteBuffer block, int at) {
        return SmallFloats.fromHalf(block.getShort(at));
    }
}
