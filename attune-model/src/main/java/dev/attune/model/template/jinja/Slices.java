package dev.attune.model.template.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Indexes and slices of strings and lists, counted from the end if negative. */
final class Slices {
    private Slices() {}

    static @Nullable Object at(Object sequence, long index) {
        List<@Nullable Object> items = PythonValues.iterate(sequence);
        long place = index < 0 ? index + items.size() : index;
        return place >= 0 && place < items.size()
                ? items.get((int) place)
                : new Undefined("the item " + index + " of " + PythonValues.kind(sequence));
    }

    static Object slice(
            @Nullable Object sequence, @Nullable Object start, @Nullable Object stop, @Nullable Object step) {
        boolean text = sequence instanceof String;
        if (!text && !(sequence instanceof List) && !(sequence instanceof Tuple)) {
            throw sequence instanceof Undefined undefined
                    ? undefined.error()
                    : TemplateError.unsupported("a slice of " + PythonValues.kind(sequence));
        }
        List<@Nullable Object> items = PythonValues.iterate(sequence);
        List<@Nullable Object> taken = slice(items, start, stop, step == null ? 1 : PythonValues.integer(step));
        if (text) {
            return taken.stream().map(String::valueOf).collect(Collectors.joining());
        }
        return sequence instanceof Tuple ? new Tuple(taken) : taken;
    }

    private static List<@Nullable Object> slice(
            List<@Nullable Object> items, @Nullable Object start, @Nullable Object stop, long step) {
        if (step == 0) {
            throw new TemplateError("a slice's step cannot be 0");
        }
        int size = items.size();
        long low = step > 0 ? 0 : -1;
        long high = step > 0 ? size : size - 1;
        long from = start == null ? (step > 0 ? low : high) : bound(PythonValues.integer(start), size, low, high);
        long to = stop == null ? (step > 0 ? high : low) : bound(PythonValues.integer(stop), size, low, high);
        List<@Nullable Object> taken = new ArrayList<>();
        for (long i = from; step > 0 ? i < to : i > to; i += step) {
            taken.add(items.get((int) i));
        }
        return taken;
    }

    private static long bound(long index, int size, long low, long high) {
        return Math.max(low, Math.min(high, index < 0 ? index + size : index));
    }
}
