package dev.attune.model.transformer;

import dev.attune.model.tensor.DType;
import dev.attune.model.tensor.Tensor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A group of weights that form one tensor, in memory.
 *
 * @param offset of its first element in its buffer
 * @param gradient offset of its first element in the tensor of trained weights, or -1 if it is frozen
 * @param view the group as one tensor; without elements if it is packed
 * @param packed the group in 8-bit integers, or null
 */
record WeightPart(
        WeightLayout.Group group,
        GroupPlaces places,
        long offset,
        long gradient,
        Tensor view,
        @Nullable Int8Matrix packed) {
    /** How a group is kept. */
    enum Kind {
        TRAINED,
        FROZEN,
        PACKED;

        static Kind of(WeightLayout.Group group, boolean trained, WeightStorage storage) {
            if (trained) {
                return TRAINED;
            }
            boolean projection = group.order() != WeightLayout.Order.ROWS;
            return projection && storage.frozenType() == DType.INT8 ? PACKED : FROZEN;
        }
    }

    static WeightPart in(Tensor buffer, WeightLayout.Group group, GroupPlaces places, long offset, long gradient) {
        return new WeightPart(
                group, places, offset, gradient, places.together().later(offset).in(buffer), null);
    }

    static WeightPart inIntegers(WeightLayout.Group group, GroupPlaces places) {
        long[] shape = places.together().shape();
        return new WeightPart(group, places, 0, -1, Tensor.zeros(0).retain(), new Int8Matrix(shape[0], shape[1]));
    }

    /** The same weights in the same memory. */
    WeightPart again(long gradientOffset) {
        return packed == null
                ? in(view, group, places, offset, gradientOffset)
                : new WeightPart(group, places, 0, -1, Tensor.zeros(0).retain(), packed.again());
    }

    boolean trained() {
        return gradient >= 0;
    }

    /** The place of a weight in the group. */
    Place member(String name) {
        return Objects.requireNonNull(places.members().get(name));
    }

    /** Whether weights are {@code [out, in]} in the checkpoint, although they are {@code [in, out]} in memory. */
    boolean isTurned() {
        return group.order() == WeightLayout.Order.TURNED_COLUMNS;
    }

    DType type() {
        return packed == null ? view.dtype() : DType.INT8;
    }

    long count() {
        return places.together().count();
    }

    long bytes() {
        return packed == null ? count() * view.dtype().bytes() : packed.bytes();
    }

    /** A weight in its own type, or float32 if it is packed, shaped as in the checkpoint; belongs to the open scope. */
    Tensor value(String name) {
        Place place = member(name);
        if (packed == null) {
            return view.strided(place.shape(), place.strides(), offset + place.offset());
        }
        Tensor rows = packed.outputFirst(place.offset(), place.shape()[isTurned() ? 0 : 1]);
        return isTurned() ? rows : rows.transpose(0, 1);
    }

    /** Overwrites a weight, which is rounded to the type in which it is kept. */
    void write(String name, Tensor value) {
        if (packed == null) {
            value(name).copyInPlace(value);
        } else {
            packed.write(member(name).offset(), isTurned() ? value : value.transpose(0, 1));
        }
    }

    /** The group as the weight of a linear map. */
    LinearWeight linear(boolean wide) {
        return packed == null ? new LinearWeight.Dense(view, wide) : packed;
    }

    void close() {
        view.close();
        if (packed != null) {
            packed.close();
        }
    }
}
