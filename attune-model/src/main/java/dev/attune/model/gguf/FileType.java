package dev.attune.model.gguf;

import dev.attune.model.tensor.DType;

/** The number in {@code general.file_type}, and the names of types on the command line. */
final class FileType {
    private FileType() {}

    static long number(BlockFormat type) {
        return switch (type) {
            case F32 -> 0;
            case F16 -> 1;
            case Q8_0 -> 7;
            case BF16 -> 32;
            default -> throw new IllegalArgumentException(type.label() + " is only read");
        };
    }

    static String label(DType dtype) {
        return switch (dtype) {
            case FLOAT16 -> "f16";
            case BFLOAT16 -> "bf16";
            default -> "f32";
        };
    }
}
