package dev.attune.model.transformer;

import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The weights of a model by name, in a fixed order, all views of one flat float32 buffer; on demand there is a flat
 * gradient buffer too, so that the optimiser and clipping are a few operations on two tensors. The beginning of the
 * buffer can be frozen: its weights record no gradients and have no space in the gradient buffer. A tied weight occurs
 * once, under its name in the file.
 */
public final class Parameters implements AutoCloseable {
    private static final long ALIGNMENT = 16;

    private final Tensor flat;
    private final Map<String, Slot> groups = new LinkedHashMap<>();
    private final Map<String, Slot> members = new LinkedHashMap<>();
    private final Map<String, Tensor> byName = new LinkedHashMap<>();
    private Tensor trained;
    private Tensor flatGrad;
    private long frozen;
    private boolean trainable;

    /** The position of a weight in the flat buffer. */
    private record Slot(long offset, long[] shape, Tensor view) {}

    /** Parameters of this layout, filled with 0. Each group starts at a multiple of 64 bytes. */
    static Parameters of(List<WeightLayout.Group> layout) {
        return new Parameters(layout);
    }

    private Parameters(List<WeightLayout.Group> layout) {
        var offsets = new ArrayList<Long>();
        long total = 0;
        for (WeightLayout.Group group : layout) {
            offsets.add(total);
            long size = group.members().values().stream()
                    .mapToLong(Parameters::elements)
                    .sum();
            total += (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        }
        flat = Tensor.zeros(total).retain();
        flatGrad = flat;
        trained = flat;
        for (int i = 0; i < layout.size(); i++) {
            place(layout.get(i), offsets.get(i));
        }
    }

    private void place(WeightLayout.Group group, long start) {
        long offset = start;
        long rows = 0;
        long[] together = new long[0];
        for (Map.Entry<String, long[]> member : group.members().entrySet()) {
            long[] shape = member.getValue();
            Tensor view = view(flat, offset, shape);
            members.put(member.getKey(), new Slot(offset, shape, view));
            byName.put(member.getKey(), view);
            offset += elements(shape);
            rows += shape[0];
            together = shape.clone();
        }
        together[0] = rows;
        groups.put(group.key(), new Slot(start, together, view(flat, start, together)));
    }

    /** All weights in one float32 tensor {@code [n]}; the gaps between groups hold 0. */
    public Tensor flat() {
        return flat;
    }

    /**
     * The weights that are trained, in one float32 tensor {@code [n]}: a view of the end of {@link #flat()}, or all.
     */
    public Tensor trained() {
        return trained;
    }

    /**
     * Freezes every weight before a group in {@link #flat()}. Call it before gradients are recorded.
     *
     * @throws IllegalStateException if the weights record gradients already
     */
    void freezeBefore(String group) {
        if (trainable) {
            throw new IllegalStateException("the weights record gradients already");
        }
        frozen = slot(groups, group).offset;
        trained = view(flat, frozen, new long[] {flat.count() - frozen});
    }

    boolean isFrozenBefore(String group) {
        return frozen > 0 && frozen == slot(groups, group).offset;
    }

    /** The gradients in the layout of {@link #trained()}, accumulated in place by each backward pass. */
    public Tensor flatGrad() {
        makeTrainable();
        return flatGrad;
    }

    /** The weights by their names in the checkpoint; views of {@link #flat()} without gradients. */
    public Map<String, Tensor> byName() {
        return Collections.unmodifiableMap(byName);
    }

    /** The names of the weights that are not frozen, in the order of {@link #byName()}. */
    public List<String> trainedNames() {
        return byName.keySet().stream()
                .filter(name -> slot(members, name).offset >= frozen)
                .toList();
    }

    /** The gradient of a weight that is not frozen: a view of {@link #flatGrad()}. */
    public Tensor gradOf(String name) {
        makeTrainable();
        Slot slot = slot(members, name);
        if (slot.offset < frozen) {
            throw new IllegalArgumentException(name + " is frozen");
        }
        return flatGrad.narrow(0, slot.offset - frozen, elements(slot.shape)).reshape(slot.shape);
    }

    /** Sets all gradients to 0. */
    public void zeroGrad() {
        flatGrad().zeroInPlace();
    }

    /** Whether gradients are recorded for these weights. */
    public boolean trainable() {
        return trainable;
    }

    /** Starts recording gradients of the weights that are not frozen; they accumulate in {@link #flatGrad()}. */
    public void makeTrainable() {
        if (trainable) {
            return;
        }
        trainable = true;
        flatGrad = Tensor.zeros(trained.count()).retain();
        for (Slot group : groups.values()) {
            if (group.offset >= frozen) {
                group.view.requireGrad(true);
                try (Tensor grad = view(flatGrad, group.offset - frozen, group.shape)) {
                    group.view.accumulateGradInto(grad);
                }
            }
        }
    }

    /** The number of parameters, without the gaps. */
    public long count() {
        return byName.values().stream().mapToLong(Tensor::count).sum();
    }

    /** Overwrites the weights with those of a model of the same shape. */
    public void copyFrom(Parameters other) {
        if (!byName.keySet().equals(other.byName.keySet()) || flat.count() != other.flat.count()) {
            throw new IllegalArgumentException("the two models have different weights");
        }
        try (NoGrad off = NoGrad.on()) {
            flat.copyInPlace(other.flat);
        }
    }

    /** The weights of a group as one tensor, which the computation uses and which receives gradients. */
    Tensor group(String key) {
        return slot(groups, key).view;
    }

    boolean hasGroup(String key) {
        return groups.containsKey(key);
    }

    private static Slot slot(Map<String, Slot> slots, String name) {
        Slot slot = slots.get(name);
        if (slot == null) {
            throw new IllegalArgumentException("no weight is named " + name);
        }
        return slot;
    }

    /** Frees the buffers. */
    @Override
    public void close() {
        members.values().forEach(slot -> slot.view.close());
        groups.values().forEach(slot -> slot.view.close());
        if (trainable) {
            flatGrad.close();
        }
        if (frozen > 0) {
            trained.close();
        }
        flat.close();
    }

    private static Tensor view(Tensor flat, long offset, long[] shape) {
        try (NoGrad off = NoGrad.on()) {
            return flat.narrow(0, offset, elements(shape))
                    .reshape(shape)
                    .detach()
                    .retain();
        }
    }

    private static long elements(long[] shape) {
        return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    }
}
