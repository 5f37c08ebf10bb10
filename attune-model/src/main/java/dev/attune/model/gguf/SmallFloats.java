package dev.attune.model.gguf;

/** Conversion between float32 and the 16-bit formats, rounding to nearest, ties to even. */
final class SmallFloats {
    /** The smallest number that float16 rounds to infinity. */
    static final float HALF_OVERFLOW = 65_520f;

    private SmallFloats() {}

    static float fromHalf(short half) {
        int exponent = half >> 10 & 31;
        int fraction = half & 1023;
        float magnitude;
        if (exponent == 31) {
            magnitude = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
        } else if (exponent == 0) {
            magnitude = fraction * 0x1p-24f;
        } else {
            magnitude = Float.intBitsToFloat((exponent + 112) << 23 | fraction << 13);
        }
        return half < 0 ? -magnitude : magnitude;
    }

    static short toHalf(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = bits >>> 16 & 0x8000;
        float magnitude = Math.abs(value);
        if (Float.isNaN(value)) {
            return (short) (sign | 0x7E00);
        }
        if (magnitude >= HALF_OVERFLOW) {
            return (short) (sign | 0x7C00);
        }
        if (magnitude < 0x1p-14f) { // subnormal: multiples of 2^-24; adding 0.5 * 2^24 * 2^-24 rounds to them
            return (short) (sign | (Float.floatToRawIntBits(magnitude + 0.5f) - Float.floatToRawIntBits(0.5f)));
        }
        int rebased = (bits & 0x7FFF_FFFF) - (112 << 23);
        return (short) (sign | ((rebased + 0xFFF + ((rebased >>> 13) & 1)) >>> 13));
    }

    static float fromBfloat(short bfloat) {
        return Float.intBitsToFloat(bfloat << 16);
    }

    /** A NaN stays a NaN: rounding its bits could carry into the exponent and give infinity or zero. */
    static short toBfloat(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) (bits >>> 16 | 0x40);
        }
        return (short) ((bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16);
    }
}
