package dev.attune.model.transformer;

import dev.attune.model.tensor.DType;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The weights of a model by name, in a fixed order, all views of one flat buffer; on demand there is a flat
 * gradient buffer too, so that the optimiser and clipping are a few operations on two tensors. The beginning of the
 * buffer can be frozen: its weights record no gradients and have no space in the gradient buffer. A tied weight occurs
 * once, under its name in the file.
 *
 * <p>A {@linkplain #replica() replica} has the same weights and its own gradients, so that several threads can run
 * backward passes at once.
 */
public final class Parameters implements AutoCloseable {
    private static final long ALIGNMENT = 16;

    private final List<WeightLayout.Group> layout;
    private final Tensor flat;
    private final boolean ownsFlat;
    private final Map<String, Slot> groups = new LinkedHashMap<>();
    private final Map<String, Slot> members = new LinkedHashMap<>();
    private final Map<String, Tensor> byName = new LinkedHashMap<>();
    private final List<Parameters> replicas = new ArrayList<>();
    private Tensor trained;
    private Tensor flatGrad;
    private long frozen;
    private boolean trainable;

    /** The place of a weight in the flat buffer, in elements. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Place(long offset, long[] shape, long[] strides) {
        static Place contiguous(long offset, long... shape) {
            long[] strides = new long[shape.length];
            long stride = 1;
            for (int dim = shape.length - 1; dim >= 0; dim--) {
                strides[dim] = stride;
                stride *= shape[dim];
            }
            return new Place(offset, shape, strides);
        }

        /** This place in a buffer that starts {@code skipped} elements later. */
        Tensor in(Tensor buffer, long skipped) {
            return buffer.strided(shape, strides, offset - skipped);
        }
    }

    private record Slot(Place place, Tensor view) {}

    /**
     * A group's part of the buffer of trained weights.
     *
     * @param matrix whether its weights have two dimensions
     */
    public record Block(long from, long count, boolean matrix) {}

    /** Parameters of this layout, filled with 0. Each group starts at a multiple of 64 bytes. */
    static Parameters of(List<WeightLayout.Group> layout) {
        long total = layout.stream().mapToLong(Parameters::aligned).sum();
        return new Parameters(layout, Tensor.zeros(total).retain(), true);
    }

    private Parameters(List<WeightLayout.Group> layout, Tensor flat, boolean ownsFlat) {
        this.layout = layout;
        this.flat = flat;
        this.ownsFlat = ownsFlat;
        flatGrad = flat;
        trained = flat;
        long offset = 0;
        for (WeightLayout.Group group : layout) {
            place(group, offset);
            offset += aligned(group);
        }
    }

    private static long aligned(WeightLayout.Group group) {
        long size = group.members().values().stream()
                .mapToLong(Parameters::elements)
                .sum();
        return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    private void place(WeightLayout.Group group, long start) {
        if (group.order() == WeightLayout.Order.ROWS) {
            placeRows(group, start);
        } else {
            placeColumns(group, start, group.order() == WeightLayout.Order.TURNED_COLUMNS);
        }
    }

    private void placeRows(WeightLayout.Group group, long start) {
        long offset = start;
        long rows = 0;
        long[] together = new long[0];
        for (Map.Entry<String, long[]> member : group.members().entrySet()) {
            long[] shape = member.getValue();
            add(member.getKey(), Place.contiguous(offset, shape));
            offset += elements(shape);
            rows += shape[0];
            together = shape.clone();
        }
        together[0] = rows;
        addGroup(group.key(), Place.contiguous(start, together));
    }

    private void placeColumns(WeightLayout.Group group, long start, boolean turned) {
        int in = turned ? 1 : 0;
        int out = 1 - in;
        long columns =
                group.members().values().stream().mapToLong(shape -> shape[out]).sum();
        long column = 0;
        long rows = 0;
        for (Map.Entry<String, long[]> member : group.members().entrySet()) {
            long[] shape = member.getValue();
            long[] strides = turned ? new long[] {1, columns} : new long[] {columns, 1};
            add(member.getKey(), new Place(start + column, shape, strides));
            column += shape[out];
            rows = shape[in];
        }
        addGroup(group.key(), Place.contiguous(start, rows, columns));
    }

    private void add(String name, Place place) {
        Slot slot = slot(place);
        members.put(name, slot);
        byName.put(name, slot.view);
    }

    private void addGroup(String key, Place place) {
        groups.put(key, slot(place));
    }

    private Slot slot(Place place) {
        return new Slot(place, view(flat, 0, place));
    }

    /** A copy in another type. */
    Parameters storedAs(DType type) {
        try (NoGrad off = NoGrad.on()) {
            return new Parameters(layout, flat.to(type).retain(), true);
        }
    }

    /** The type of all weights: FLOAT32, or BFLOAT16 for a model that is not trained. */
    public DType dtype() {
        return flat.dtype();
    }

    /** The same weights with their own gradients; closed with this. */
    Parameters replica() {
        Parameters replica = new Parameters(layout, flat, false);
        if (frozen > 0) {
            replica.freezeFrom(frozen);
        }
        if (trainable) {
            replica.makeTrainable();
        }
        replicas.add(replica);
        return replica;
    }

    /** The gradients that the replicas have accumulated, each in the layout of {@link #flatGrad()}. */
    public List<Tensor> replicaGradients() {
        return replicas.stream()
                .filter(Parameters::trainable)
                .map(replica -> replica.flatGrad)
                .toList();
    }

    /** All weights in one tensor {@code [n]} of {@link #dtype()}; the gaps between groups hold 0. */
    public Tensor flat() {
        return flat;
    }

    /**
     * The weights that are trained, in one float32 tensor {@code [n]}: a view of the end of {@link #flat()}, or all.
     */
    public Tensor trained() {
        return trained;
    }

    /** The groups of trained weights in the order of {@link #trained()}; the gaps between them hold 0. */
    public List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        for (Slot group : groups.values()) {
            Place place = group.place;
            if (place.offset >= frozen) {
                blocks.add(new Block(place.offset - frozen, elements(place.shape), place.shape.length >= 2));
            }
        }
        return blocks;
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
        freezeFrom(slot(groups, group).place.offset);
    }

    private void freezeFrom(long offset) {
        frozen = offset;
        trained = view(flat, 0, Place.contiguous(frozen, flat.count() - frozen));
    }

    boolean isFrozenBefore(String group) {
        return frozen > 0 && frozen == slot(groups, group).place.offset;
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
                .filter(name -> slot(members, name).place.offset >= frozen)
                .toList();
    }

    /** The gradient of a weight that is not frozen: a view of {@link #flatGrad()}. */
    public Tensor gradOf(String name) {
        makeTrainable();
        Place place = slot(members, name).place;
        if (place.offset < frozen) {
            throw new IllegalArgumentException(name + " is frozen");
        }
        return place.in(flatGrad, frozen);
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
        if (dtype() != DType.FLOAT32) {
            throw new IllegalStateException("weights stored in " + dtype() + " cannot be trained");
        }
        trainable = true;
        replicas.forEach(Parameters::makeTrainable);
        flatGrad = Tensor.zeros(trained.count()).retain();
        for (Slot group : groups.values()) {
            if (group.place.offset >= frozen) {
                group.view.requireGrad(true);
                try (Tensor grad = view(flatGrad, frozen, group.place)) {
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
        replicas.forEach(Parameters::close);
        members.values().forEach(slot -> slot.view.close());
        groups.values().forEach(slot -> slot.view.close());
        if (trainable) {
            flatGrad.close();
        }
        if (frozen > 0) {
            trained.close();
        }
        if (ownsFlat) {
            flat.close();
        }
    }

    private static Tensor view(Tensor buffer, long skipped, Place place) {
        try (NoGrad off = NoGrad.on()) {
            return place.in(buffer, skipped).detach().retain();
        }
    }

    private static long elements(long[] shape) {
        return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    }
}
