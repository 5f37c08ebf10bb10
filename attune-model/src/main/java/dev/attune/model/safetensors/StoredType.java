package dev.attune.model.safetensors;

import dev.attune.model.tensor.DType;
import org.jspecify.annotations.Nullable;

/** The element types of the format. Those without a {@link #dtype()} can be listed but not read. */
public enum StoredType {
    F64(64, DType.FLOAT64),
    F32(32, DType.FLOAT32),
    F16(16, DType.FLOAT16),
    BF16(16, DType.BFLOAT16),
    I64(64, DType.INT64),
    I32(32, DType.INT32),
    U8(8, DType.UINT8),
    BOOL(8, DType.BOOL),
    I16(16, null),
    I8(8, null),
    U64(64, null),
    U32(32, null),
    U16(16, null),
    F8_E4M3(8, null),
    F8_E5M2(8, null),
    F8_E8M0(8, null),
    F4(4, null),
    F6_E2M3(6, null),
    F6_E3M2(6, null),
    C64(64, null);

    private final int bits;
    private final @Nullable DType dtype;

    StoredType(int bits, @Nullable DType dtype) {
        this.bits = bits;
        this.dtype = dtype;
    }

    /** Bits per element. */
    public int bits() {
        return bits;
    }

    /** The tensor type it is read into, or null if Attune does not read it. */
    public @Nullable DType dtype() {
        return dtype;
    }

    /** The stored type for a tensor type. */
    public static StoredType of(DType dtype) {
        for (StoredType type : values()) {
            if (type.dtype == dtype) {
                return type;
            }
        }
        throw new IllegalArgumentException(dtype + " has no stored form");
    }

    static @Nullable StoredType named(String name) {
        for (StoredType type : values()) {
            if (type.name().equals(name)) {
                return type;
            }
        }
        return null;
    }
}
