package dev.attune.model.gguf;

import org.jspecify.annotations.Nullable;

/** The types of metadata values. */
public enum ValueType {
    UINT8(0, 1),
    INT8(1, 1),
    UINT16(2, 2),
    INT16(3, 2),
    UINT32(4, 4),
    INT32(5, 4),
    FLOAT32(6, 4),
    BOOL(7, 1),
    STRING(8, 8),
    ARRAY(9, 12),
    UINT64(10, 8),
    INT64(11, 8),
    FLOAT64(12, 8);

    private final int number;
    private final int leastBytes;

    ValueType(int number, int leastBytes) {
        this.number = number;
        this.leastBytes = leastBytes;
    }

    /** The number of the type in the file. */
    int number() {
        return number;
    }

    /** The fewest bytes that a value of this type takes in the file: all of a number, the length of a string. */
    int leastBytes() {
        return leastBytes;
    }

    static @Nullable ValueType numbered(long number) {
        for (ValueType type : values()) {
            if (type.number == number) {
                return type;
            }
        }
        return null;
    }
}
