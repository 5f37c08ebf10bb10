package dev.attune.model.tensor;

import org.bytedeco.pytorch.global.torch.ScalarType;

/** The element types that Attune uses. */
public enum DType {
    FLOAT32(ScalarType.Float, 4),
    FLOAT64(ScalarType.Double, 8),
    FLOAT16(ScalarType.Half, 2),
    BFLOAT16(ScalarType.BFloat16, 2),
    INT64(ScalarType.Long, 8),
    INT32(ScalarType.Int, 4),
    INT8(ScalarType.Char, 1),
    UINT8(ScalarType.Byte, 1),
    BOOL(ScalarType.Bool, 1);

    private static final DType[] ALL = values();

    private final ScalarType scalarType;
    private final int bytes;

    DType(ScalarType scalarType, int bytes) {
        this.scalarType = scalarType;
        this.bytes = bytes;
    }

    /** Bytes per element. */
    public int bytes() {
        return bytes;
    }

    ScalarType scalarType() {
        return scalarType;
    }

    static DType of(ScalarType scalarType) {
        for (DType type : ALL) {
            if (type.scalarType.value == scalarType.value) {
                return type;
            }
        }
        throw new IllegalArgumentException("tensors of type " + scalarType + " are not used here");
    }
}
