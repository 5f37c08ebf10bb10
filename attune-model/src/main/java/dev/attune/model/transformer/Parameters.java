package dev.attune.model.transformer;

import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Tensor;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The weights of a model by name, in a fixed order, all views of one flat float32 buffer, with a flat gradient buffer
 * beside it once asked for: the optimiser and clipping are then a few operations on two tensors. A tied weight stands
 * here once, under the name it has in the file.
 */
public final class Parameters implements AutoCloseable {
    private static final long ALIGNMENT = 16;

    private final Tensor flat;
    private final Map<String, Tensor> byName;
    private final Map<String, Long> offsets;
    private boolean trainable;
    private Tensor flatGrad;

    private Parameters(Tensor flat, Map<String, Tensor> byName, Map<String, Long> offsets) {
        this.flat = flat;
        this.byName = Collections.unmodifiableMap(byName);
        this.offsets = offsets;
        this.flatGrad = flat;
    }

    /** Room for tensors of these shapes, filled with 0; each starts at a multiple of 64 bytes. */
    public static Parameters ofShapes(Map<String, long[]> shapes) {
        var offsets = new LinkedHashMap<String, Long>();
        long total = 0;
        for (Map.Entry<String, long[]> entry : shapes.entrySet()) {
            offsets.put(entry.getKey(), total);
            total += (elements(entry.getValue()) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        }
        Tensor flat = owned(Tensor.zeros(total));
        var views = new LinkedHashMap<String, Tensor>();
        offsets.forEach((name, offset) -> views.put(name, view(flat, offset, shapes.getOrDefault(name, new long[0]))));
        return new Parameters(flat, views, offsets);
    }

    /** All weights in one float32 tensor {@code [n]}; alignment gaps hold 0. */
    public Tensor flat() {
        return flat;
    }

    /** The gradients in the layout of {@link #flat()}; each weight's gradient is gathered here in place. */
    public Tensor flatGrad() {
        if (!trainable) {
            makeTrainable();
        }
        return flatGrad;
    }

    /** The weights by their names in the checkpoint; views of {@link #flat()}. */
    public Map<String, Tensor> byName() {
        return byName;
    }

    /** The weight of that name. */
    public Tensor get(String name) {
        Tensor weight = byName.get(name);
        if (weight == null) {
            throw new IllegalArgumentException("no weight is named " + name);
        }
        return weight;
    }

    /** Sets all gradients to 0; from the first call on the weights are recorded for gradients. */
    public void zeroGrad() {
        flatGrad().zeroInPlace();
    }

    /** Whether gradients are gathered for these weights. */
    public boolean trainable() {
        return trainable;
    }

    /** How many numbers the weights hold, without the gaps. */
    public long count() {
        return byName.values().stream().mapToLong(Tensor::count).sum();
    }

    /** Overwrites the weights with those of a model of the same shape. */
    public void copyFrom(Parameters other) {
        if (!offsets.equals(other.offsets)) {
            throw new IllegalArgumentException("the two models have different weights");
        }
        try (NoGrad off = NoGrad.on()) {
            flat.copyInPlace(other.flat);
        }
    }

    /** Makes every weight record gradients into the flat buffer. */
    public void makeTrainable() {
        if (trainable) {
            return;
        }
        flatGrad = owned(Tensor.zeros(flat.count()));
        byName.forEach((name, weight) -> {
            weight.requireGrad(true);
            try (Tensor grad = view(flatGrad, offsets.getOrDefault(name, 0L), weight.shape())) {
                weight.gatherGradInto(grad);
            }
        });
        trainable = true;
    }

    /** Frees the buffers. */
    @Override
    public void close() {
        byName.values().forEach(Tensor::close);
        if (trainable) {
            flatGrad.close();
        }
        flat.close();
    }

    private static Tensor view(Tensor flat, long offset, long[] shape) {
        try (NoGrad off = NoGrad.on();
                Tensor slice = flat.narrow(0, offset, elements(shape))) {
            return owned(slice.reshape(shape).detach());
        }
    }

    /** Takes the tensor out of whatever scope is open. */
    private static Tensor owned(Tensor tensor) {
        tensor.raw().retainReference();
        return tensor;
    }

    private static long elements(long[] shape) {
        return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    }
}
