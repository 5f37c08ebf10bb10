package dev.attune.model.transformer;

import dev.attune.core.error.BadInputException;
import dev.attune.model.tensor.DType;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    private final List<Part> parts;
    private final Tensor trained;
    private final long trainedOffset;
    private final Map<String, Part> groups = new LinkedHashMap<>();
    private final Map<String, Part> members = new LinkedHashMap<>();
    private final Map<String, Tensor> byName = new LinkedHashMap<>();
    private final List<ParameterSet> replicas = new ArrayList<>();
    private Tensor flatGrad;
    private boolean trainable;

    /**
     * A group of weights that form one tensor.
     *
     * @param offset of its first element in its buffer
     * @param gradient offset of its first element in the tensor of trained weights, or -1 if it is frozen
     * @param view the group as one tensor
     */
    private record Part(WeightLayout.Group group, GroupPlaces places, long offset, long gradient, Tensor view) {
        static Part in(Tensor buffer, WeightLayout.Group group, GroupPlaces places, long offset, long gradient) {
            return new Part(
                    group,
                    places,
                    offset,
                    gradient,
                    places.together().later(offset).in(buffer));
        }

        /** The same weights in the same memory. */
        Part again(long gradientOffset) {
            return in(view, group, places, offset, gradientOffset);
        }

        boolean trained() {
            return gradient >= 0;
        }

        Place member(String name) {
            return Objects.requireNonNull(places.members().get(name));
        }
    }

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
        List<Boolean> trains = layout.stream()
                .map(group -> isTrained(group, storage.trained()))
                .toList();
        try (Tensor trained = buffer(DType.FLOAT32, places, trains, true);
                Tensor frozen = buffer(storage.frozenType(), places, trains, false)) {
            List<Part> parts = new ArrayList<>();
            long[] offsets = new long[2];
            for (int i = 0; i < layout.size(); i++) {
                int which = trains.get(i) ? 0 : 1;
                long offset = offsets[which];
                Tensor buffer = trains.get(i) ? trained : frozen;
                parts.add(Part.in(buffer, layout.get(i), places.get(i), offset, trains.get(i) ? offset : -1));
                offsets[which] += places.get(i).aligned();
            }
            return new ParameterSet(parts, trained, 0);
        }
    }

    private static Tensor buffer(DType type, List<GroupPlaces> places, List<Boolean> trains, boolean trained) {
        long size = 0;
        for (int i = 0; i < places.size(); i++) {
            size += trains.get(i) == trained ? places.get(i).aligned() : 0;
        }
        return Tensor.zeros(type, size).retain();
    }

    /** @param trainedOffset of the first trained weight in {@code buffer}, which holds all of them */
    private ParameterSet(List<Part> parts, Tensor buffer, long trainedOffset) {
        this.parts = parts;
        this.trainedOffset = trainedOffset;
        this.trained = Place.contiguous(trainedOffset, size(parts)).in(buffer);
        this.flatGrad = trained;
        for (Part part : parts) {
            groups.put(part.group.key(), part);
            part.places.members().forEach((name, place) -> {
                members.put(name, part);
                byName.put(name, place.later(part.offset).in(part.view));
            });
        }
    }

    private static long size(List<Part> parts) {
        return parts.stream()
                .filter(Part::trained)
                .mapToLong(part -> part.places.aligned())
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
        return parts.stream().map(Part::group).toList();
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
        List<Part> chosen =
                parts.stream().filter(part -> isTrained(part.group, names)).toList();
        if (!chosen.stream().allMatch(Part::trained)) {
            throw new IllegalStateException("frozen weights, stored in " + dtype() + ", cannot be trained");
        }
        ParameterSet result = areNeighbours(chosen) ? narrowed(chosen) : moved(chosen);
        close();
        return result;
    }

    private boolean areNeighbours(List<Part> chosen) {
        int first = chosen.isEmpty() ? 0 : parts.indexOf(chosen.get(0));
        return parts.subList(first, first + chosen.size()).equals(chosen);
    }

    private ParameterSet narrowed(List<Part> chosen) {
        long from = chosen.isEmpty() ? 0 : chosen.get(0).gradient;
        List<Part> result = parts.stream()
                .map(part -> part.again(chosen.contains(part) ? part.gradient - from : -1))
                .toList();
        return new ParameterSet(result, trained, trainedOffset + from);
    }

    private ParameterSet moved(List<Part> chosen) {
        List<Part> result = new ArrayList<>();
        long offset = 0;
        try (NoGrad off = NoGrad.on();
                Tensor together = Tensor.zeros(size(chosen)).retain()) {
            for (Part part : parts) {
                if (!chosen.contains(part)) {
                    result.add(part.again(-1));
                    continue;
                }
                Part there = Part.in(together, part.group, part.places, offset, offset);
                there.view.copyInPlace(part.view);
                result.add(there);
                offset += part.places.aligned();
            }
            return new ParameterSet(result, together, 0);
        }
    }

    /** The type of most of the weights. */
    public DType dtype() {
        Map<DType, Long> counts = new LinkedHashMap<>();
        byName.values().forEach(weight -> counts.merge(weight.dtype(), weight.count(), Long::sum));
        return counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(DType.FLOAT32);
    }

    /** The same weights with their own gradients; closed with this. */
    ParameterSet replica() {
        List<Part> same = parts.stream().map(part -> part.again(part.gradient)).toList();
        ParameterSet replica = new ParameterSet(same, trained, trainedOffset);
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
                .filter(Part::trained)
                .map(part -> new Block(
                        part.gradient,
                        part.places.together().count(),
                        part.places.together().shape().length >= 2))
                .toList();
    }

    /** The gradients in the layout of {@link #trained()}, accumulated in place by each backward pass. */
    public Tensor flatGrad() {
        makeTrainable();
        return flatGrad;
    }

    /** The weights by their names in the checkpoint, in their own types; views without gradients. */
    public Map<String, Tensor> byName() {
        return Collections.unmodifiableMap(byName);
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
        Part part = found(members, name);
        if (!part.trained()) {
            throw new IllegalArgumentException(name + " is frozen");
        }
        Place place = part.member(name).later(part.gradient);
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
        if (trained.count() == 0) {
            throw new IllegalStateException("weights stored in " + dtype() + " cannot be trained: all are frozen");
        }
        trainable = true;
        replicas.forEach(ParameterSet::makeTrainable);
        flatGrad = Tensor.zeros(trained.count()).retain();
        for (Part part : parts) {
            if (part.trained()) {
                part.view.requireGrad(true);
                try (Tensor grad = part.places.together().later(part.gradient).in(flatGrad)) {
                    part.view.accumulateGradInto(grad);
                }
            }
        }
    }

    /** The number of parameters. */
    public long count() {
        return byName.values().stream().mapToLong(Tensor::count).sum();
    }

    /** The number of elements in memory: parameters, and the gaps that align groups. */
    public long elements() {
        return parts.stream().mapToLong(part -> part.places.aligned()).sum();
    }

    /** Bytes of the weights, without gradients. */
    public long bytes() {
        return byName.values().stream()
                .mapToLong(weight -> weight.count() * weight.dtype().bytes())
                .sum();
    }

    /** Overwrites the weights with those of a model of the same shape, in their own types. */
    public void copyFrom(ParameterSet other) {
        if (!byName.keySet().equals(other.byName.keySet())) {
            throw new IllegalArgumentException("the two models have different weights");
        }
        try (NoGrad off = NoGrad.on()) {
            parts.forEach(part -> part.view.copyInPlace(other.group(part.group.key())));
        }
    }

    /** Whether both have the same weights, once these are stored in the other's types. */
    public boolean sameValues(ParameterSet other) {
        return byName.keySet().equals(other.byName.keySet())
                && parts.stream().allMatch(part -> same(part.view, other.group(part.group.key())));
    }

    private static boolean same(Tensor view, Tensor other) {
        try (Scope scope = Scope.open()) {
            return view.to(other.dtype()).sameValues(other);
        }
    }

    /** The weights of a group as one tensor, which the computation uses and which receives gradients. */
    Tensor group(String key) {
        return found(groups, key).view;
    }

    boolean hasGroup(String key) {
        return groups.containsKey(key);
    }

    private static Part found(Map<String, Part> parts, String name) {
        Part part = parts.get(name);
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
        parts.forEach(part -> part.view.close());
        if (trainable) {
            flatGrad.close();
        }
        trained.close();
    }
}
