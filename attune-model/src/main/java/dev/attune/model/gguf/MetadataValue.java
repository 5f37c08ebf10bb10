package dev.attune.model.gguf;

import java.util.List;

/** A value of the metadata, with its type in the file. */
public sealed interface MetadataValue {
    /** The type in the file. */
    ValueType type();

    /**
     * An integer.
     *
     * @param value an unsigned 64-bit integer beyond the range of long is negative
     */
    record Whole(ValueType type, long value) implements MetadataValue {}

    /** A number in floating point. */
    record Real(ValueType type, double value) implements MetadataValue {}

    /** True or false. */
    record Flag(boolean value) implements MetadataValue {
        @Override
        public ValueType type() {
            return ValueType.BOOL;
        }
    }

    /** A string. Bytes that are not UTF-8 are read as Latin-1. */
    record Text(String value) implements MetadataValue {
        @Override
        public ValueType type() {
            return ValueType.STRING;
        }
    }

    /** An array. */
    record Items(ValueType of, List<MetadataValue> items) implements MetadataValue {
        public Items {
            items = List.copyOf(items);
        }

        @Override
        public ValueType type() {
            return ValueType.ARRAY;
        }
    }
}
