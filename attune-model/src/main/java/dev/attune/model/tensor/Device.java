package dev.attune.model.tensor;

import dev.attune.core.error.BadInputException;

/**
 * The device of tensors and their computation: {@code cpu}, or an NVIDIA GPU as {@code cuda} or {@code cuda:1}.
 *
 * @param index index of the GPU; 0 for the CPU
 */
public record Device(Kind kind, int index) {
    /** CPU or NVIDIA GPU. */
    public enum Kind {
        CPU,
        CUDA
    }

    public static final Device CPU = new Device(Kind.CPU, 0);

    /** Reads {@code cpu}, {@code cuda} or {@code cuda:N}. */
    public static Device parse(String name) {
        if (name.equals("cpu")) {
            return CPU;
        }
        if (name.matches("cuda(:\\d{1,2})?")) {
            return new Device(Kind.CUDA, name.equals("cuda") ? 0 : Integer.parseInt(name.substring(5)));
        }
        throw BadInputException.at("device", "'" + name + "'", "cpu, cuda or cuda:N", "name one of these");
    }

    public boolean isCuda() {
        return kind == Kind.CUDA;
    }

    @Override
    public String toString() {
        return kind == Kind.CPU ? "cpu" : "cuda:" + index;
    }

    org.bytedeco.pytorch.Device raw() {
        return new org.bytedeco.pytorch.Device(toString());
    }
}
