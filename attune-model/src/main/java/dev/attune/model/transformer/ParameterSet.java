package dev.attune.model.transformer;

import dev.attune.core.error.BadInputException;
import dev.attune.model.tensor.DType;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The weights of a model by name, in a fixed order, each with its type and either trained or frozen. The trained ones
 * are views of one float32 tensor, whose gradients are one tensor too, so that the optimizer and clipping are a few
 * operations for any number of layers. Frozen weights have neither gradients nor optimizer state and may be in another
 * type. A tied weight occurs once, under its name in the file.
 *
 * <p>A {@linkplain #replica() replica} has the same weights and its own gradients, so that several threads can run
 * backward passes at once.
 */
public final class ParameterSet implements AutoCloseable {
    private final List<WeightPart> parts;
    private final Tensor trained;
    private final long trainedOffset;
    private final boolean wide;
    private final Map<String, WeightPart> groups = new LinkedHashMap<>();
    private final Map<String, WeightPart> members = new LinkedHashMap<>();
    private final Map<String, Tensor> byName = new LinkedHashMap<>();
    private final List<ParameterSet> replicas = new ArrayList<>();
    private Tensor flatGrad;
    private boolean trainable;
    private boolean frozenBase;

    /**
     * A group's part of the tensor of trained weights.
     *
     * @param matrix whether its weights have two dimensions
     */
    public record Block(long from, long count, boolean matrix) {}

    /** Weights of these names and shapes, in this order, filled with 0; all can be trained. */
    public static ParameterSet of(Map<String, long[]> shapes) {
        return of(
                shapes.entrySet().stream()
                        .map(entry -> WeightLayout.Group.rows(entry.getKey(), Map.of(entry.getKey(), entry.getValue())))
                        .toList(),
                WeightStorage.trainable());
    }

    /**
     * Weights of this layout, filled with 0.
     *
     * @throws BadInputException if only some of the weights that are computed as one are trained
     */
    static ParameterSet of(List<WeightLayout.Group> layout, WeightStorage storage) {
        List<GroupPlaces> places = layout.stream().map(GroupPlaces::of).toList();
        List<WeightPart.Kind> kinds = layout.stream()
                .map(group -> WeightPart.Kind.of(group, isTrained(group, storage.trained()), storage))
                .toList();
        DType frozenType = storage.frozenType() == DType.INT8 ? DType.FLOAT32 : storage.frozenType();
        try (Tensor trained = buffer(DType.FLOAT32, places, kinds, WeightPart.Kind.TRAINED);
                Tensor frozen = buffer(frozenType, places, kinds, WeightPart.Kind.FROZEN)) {
            List<WeightPart> parts = new ArrayList<>();
            Map<WeightPart.Kind, Long> offsets = new EnumMap<>(WeightPart.Kind.class);
            for (int i = 0; i < layout.size(); i++) {
                WeightLayout.Group group = layout.get(i);
                WeightPart.Kind kind = kinds.get(i);
                long offset = offsets.getOrDefault(kind, 0L);
                parts.add(
                        switch (kind) {
                            case TRAINED -> WeightPart.in(trained, group, places.get(i), offset, offset);
                            case FROZEN -> WeightPart.in(frozen, group, places.get(i), offset, -1);
                            case PACKED -> WeightPart.inIntegers(group, places.get(i));
                        });
                offsets.put(kind, offset + places.get(i).aligned());
            }
            return new ParameterSet(parts, trained, 0, storage.wide());
        }
    }

    private static Tensor buffer(
            DType type, List<GroupPlaces> places, List<WeightPart.Kind> kinds, WeightPart.Kind kind) {
        long size = 0;
        for (int i = 0; i < places.size(); i++) {
            size += kinds.get(i) == kind ? places.get(i).aligned() : 0;
        }
        return Tensor.zeros(type, size).retain();
    }

    /** @param trainedOffset of the first trained weight in {@code buffer}, which holds all of them */
    private ParameterSet(List<WeightPart> parts, Tensor buffer, long trainedOffset, boolean wide) {
        this.parts = parts;
        this.wide = wide;
        this.trainedOffset = trainedOffset;
        this.trained = Place.contiguous(trainedOffset, size(parts)).in(buffer);
        this.flatGrad = trained;
        for (WeightPart part : parts) {
            groups.put(part.group().key(), part);
            part.places().members().forEach((name, place) -> {
                members.put(name, part);
                if (part.packed() == null) {
                    byName.put(name, place.later(part.offset()).in(part.view()));
                }
            });
        }
    }

    private static long size(List<WeightPart> parts) {
        return parts.stream()
                .filter(WeightPart::trained)
                .mapToLong(part -> part.places().aligned())
                .sum();
    }

    private static boolean isTrained(WeightLayout.Group group, Predicate<String> trained) {
        List<String> names = List.copyOf(group.members().keySet());
        long count = names.stream().filter(trained).count();
        if (count > 0 && count < names.size()) {
            throw BadInputException.at(
                    "the trained weights",
                    "some of " + names + ", which are computed as one matrix",
                    "all of them or none",
                    "train all of them, or adapt some with LoRA");
        }
        return count > 0;
    }

    /** A copy in another type; it can be trained if that is float32. */
    ParameterSet storedAs(DType type) {
        ParameterSet copy = of(layout(), WeightStorage.of(type));
        copy.copyFrom(this);
        return copy;
    }

    private List<WeightLayout.Group> layout() {
        return parts.stream().map(WeightPart::group).toList();
    }

    /**
     * The same weights, of which only some are trained; this is closed. Those that are trained are moved into one tensor,
     * unless they are neighbours already.
     *
     * @throws IllegalStateException if the weights record gradients already, or are not float32
     * @throws BadInputException if only some of the weights that are computed as one are named
     */
    ParameterSet trainingOnly(Predicate<String> names) {
        if (trainable || !replicas.isEmpty()) {
            throw new IllegalStateException("the weights record gradients already");
        }
        List<WeightPart> chosen =
                parts.stream().filter(part -> isTrained(part.group(), names)).toList();
        if (!chosen.stream().allMatch(WeightPart::trained)) {
            throw new IllegalStateException("frozen weights, stored in " + dtype() + ", cannot be trained");
        }
        ParameterSet result = areNeighbours(chosen) ? narrowed(chosen) : moved(chosen);
        close();
        return result;
    }

    private boolean areNeighbours(List<WeightPart> chosen) {
        int first = chosen.isEmpty() ? 0 : parts.indexOf(chosen.get(0));
        return parts.subList(first, first + chosen.size()).equals(chosen);
    }

    private ParameterSet narrowed(List<WeightPart> chosen) {
        long from = chosen.isEmpty() ? 0 : chosen.get(0).gradient();
        List<WeightPart> result = parts.stream()
                .map(part -> part.again(chosen.contains(part) ? part.gradient() - from : -1))
                .toList();
        return new ParameterSet(result, trained, trainedOffset + from, wide);
    }

    private ParameterSet moved(List<WeightPart> chosen) {
        List<WeightPart> result = new ArrayList<>();
        long offset = 0;
        try (NoGrad off = NoGrad.on();
                Tensor together = Tensor.zeros(size(chosen)).retain()) {
            for (WeightPart part : parts) {
                if (!chosen.contains(part)) {
                    result.add(part.again(-1));
                    continue;
                }
                WeightPart there = WeightPart.in(together, part.group(), part.places(), offset, offset);
                there.view().copyInPlace(part.view());
                result.add(there);
                offset += part.places().aligned();
            }
            return new ParameterSet(result, together, 0, wide);
        }
    }

    /** The type of most of the weights. */
    public DType dtype() {
        Map<DType, Long> counts = new LinkedHashMap<>();
        parts.forEach(part -> counts.merge(part.type(), part.count(), Long::sum));
        return counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(DType.FLOAT32);
    }

    /** The same weights with their own gradients; closed with this. */
    public ParameterSet replica() {
        List<WeightPart> same =
                parts.stream().map(part -> part.again(part.gradient())).toList();
        ParameterSet replica = new ParameterSet(same, trained, trainedOffset, wide);
        if (trainable) {
            replica.makeTrainable();
        }
        replicas.add(replica);
        return replica;
    }

    /** The gradients that the replicas have accumulated, each in the layout of {@link #flatGrad()}. */
    public List<Tensor> replicaGradients() {
        return replicas.stream()
                .filter(ParameterSet::trainable)
                .map(replica -> replica.flatGrad)
                .toList();
    }

    /** The weights that are trained, in one float32 tensor {@code [n]}; the gaps between groups hold 0. */
    public Tensor trained() {
        return trained;
    }

    /** The groups of trained weights in the order of {@link #trained()}; the gaps between them hold 0. */
    public List<Block> blocks() {
        return parts.stream()
                .filter(WeightPart::trained)
                .map(part -> new Block(
                        part.gradient(),
                        part.places().together().count(),
                        part.places().together().shape().length >= 2))
                .toList();
    }

    /** The gradients in the layout of {@link #trained()}, accumulated in place by each backward pass. */
    public Tensor flatGrad() {
        makeTrainable();
        return flatGrad;
    }

    /**
     * The weights by their names in the checkpoint, without gradients: views in their own types. Weights in 8-bit integers
     * are widened to float32 each time one is asked for, and belong to the open scope.
     */
    public Map<String, Tensor> byName() {
        return byName.size() == members.size()
                ? Collections.unmodifiableMap(byName)
                : new LazyMap<>(members.keySet(), this::value);
    }

    private Tensor value(String name) {
        Tensor view = byName.get(name);
        return view == null ? found(members, name).value(name) : view;
    }

    /** Overwrites a weight, which is rounded to the type in which it is kept. */
    void write(String name, Tensor value) {
        found(members, name).write(name, value);
    }

    /** Whether products of weights that are not float32 are computed in float32. */
    boolean wide() {
        return wide;
    }

    /** The weight of a group of projections that are computed as one. */
    LinearWeight linear(String key) {
        return found(groups, key).linear(wide);
    }

    /** The names of the weights that are trained, in the order of {@link #byName()}. */
    public List<String> trainedNames() {
        return members.entrySet().stream()
                .filter(entry -> entry.getValue().trained())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The gradient of a trained weight: a view of {@link #flatGrad()}. */
    public Tensor gradOf(String name) {
        makeTrainable();
        WeightPart part = found(members, name);
        if (!part.trained()) {
            throw new IllegalArgumentException(name + " is frozen");
        }
        Place place = part.member(name).later(part.gradient());
        return flatGrad.strided(place.shape(), place.strides(), place.offset());
    }

    /** Sets all gradients to 0. */
    public void zeroGrad() {
        flatGrad().zeroInPlace();
    }

    /** Whether gradients are recorded for these weights. */
    public boolean trainable() {
        return trainable;
    }

    /** Starts recording gradients of the weights that are trained; they accumulate in {@link #flatGrad()}. */
    public void makeTrainable() {
        if (trainable) {
            return;
        }
        if (frozenBase) {
            throw new IllegalStateException("the frozen base of an adapted model cannot be trained");
        }
        if (trained.count() == 0) {
            throw new IllegalStateException("weights stored in " + dtype() + " cannot be trained: all are frozen");
        }
        trainable = true;
        replicas.forEach(ParameterSet::makeTrainable);
        flatGrad = Tensor.zeros(trained.count()).retain();
        for (WeightPart part : parts) {
            if (part.trained()) {
                part.view().requireGrad(true);
                try (Tensor grad =
                        part.places().together().later(part.gradient()).in(flatGrad)) {
                    part.view().accumulateGradInto(grad);
                }
            }
        }
    }

    /** The number of parameters. */
    public long count() {
        return parts.stream().mapToLong(WeightPart::count).sum();
    }

    /** The number of elements in memory: parameters, and the gaps that align groups. */
    public long elements() {
        return parts.stream().mapToLong(part -> part.places().aligned()).sum();
    }

    /** Bytes of the weights, without gradients. */
    public long bytes() {
        return parts.stream().mapToLong(WeightPart::bytes).sum();
    }

    /** Overwrites the weights with those of a model of the same shape, in their own types. */
    public void copyFrom(ParameterSet other) {
        if (!members.keySet().equals(other.members.keySet())) {
            throw new IllegalArgumentException("the two models have different weights");
        }
        try (NoGrad off = NoGrad.on()) {
            members.forEach((name, part) -> {
                try (Scope scope = Scope.open()) {
                    part.write(name, other.value(name));
                }
            });
        }
    }

    /** Whether both have the same weights, once these are stored in the other's types. */
    public boolean sameValues(ParameterSet other) {
        return members.keySet().equals(other.members.keySet())
                && members.keySet().stream().allMatch(name -> same(name, other));
    }

    private boolean same(String name, ParameterSet other) {
        try (Scope scope = Scope.open()) {
            Tensor there = other.value(name);
            return value(name).to(there.dtype()).sameValues(there);
        }
    }

    /** The weights of a group as one tensor, which the computation uses and which receives gradients. */
    Tensor group(String key) {
        WeightPart part = found(groups, key);
        if (part.packed() != null) {
            throw new IllegalStateException(key + " is kept in 8-bit integers");
        }
        return part.view();
    }

    /**
     * A weight that is computed with on its own, as all of {@link #of(Map)} are; it receives gradients.
     *
     * @throws IllegalArgumentException if no weight is named so
     */
    public Tensor variable(String name) {
        return group(name);
    }

    /** The members of a group of projections with the number of their columns, in order. */
    Map<String, Long> columns(String key) {
        WeightPart part = found(groups, key);
        int out = part.group().order() == WeightLayout.Order.COLUMNS ? 1 : 0;
        Map<String, Long> columns = new LinkedHashMap<>();
        part.group().members().forEach((name, shape) -> columns.put(name, shape[out]));
        return columns;
    }

    /** Whether a matrix is {@code [out, in]} in the checkpoint, although projections are {@code [in, out]} in memory. */
    boolean isOutputFirst(String name) {
        return found(members, name).isTurned();
    }

    /** Makes these weights the base of adapted models: from now on they cannot be trained. */
    void freezeAsBase() {
        if (trainable) {
            throw new IllegalStateException("weights that are trained cannot be the frozen base of an adapted model");
        }
        frozenBase = true;
    }

    boolean hasGroup(String key) {
        return groups.containsKey(key);
    }

    private static WeightPart found(Map<String, WeightPart> parts, String name) {
        WeightPart part = parts.get(name);
        if (part == null) {
            throw new IllegalArgumentException("no weight is named " + name);
        }
        return part;
    }

    /** Frees the buffers, unless others share them. */
    @Override
    public void close() {
        replicas.forEach(ParameterSet::close);
        byName.values().forEach(Tensor::close);
        parts.forEach(WeightPart::close);
        if (trainable) {
            flatGrad.close();
        }
        trained.close();
    }
}
