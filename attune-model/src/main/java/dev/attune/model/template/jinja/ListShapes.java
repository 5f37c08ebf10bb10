package dev.attune.model.template.jinja;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The filters that group or split lists, or reduce them to one value. */
final class ListShapes {
    private ListShapes() {}

    static @Nullable Object apply(String name, @Nullable Object value, CallArguments arguments) {
        return switch (name) {
            case "batch" -> batches(value, arguments);
            case "slice" -> slices(value, arguments);
            case "groupby" -> groups(value, arguments);
            case "unique" -> unique(value, arguments);
            case "min" -> extreme(value, arguments, false);
            case "max" -> extreme(value, arguments, true);
            case "sum" -> sum(value, arguments);
            default -> throw TemplateError.unsupported("the filter '" + name + "'");
        };
    }

    private static Object batches(@Nullable Object value, CallArguments arguments) {
        List<@Nullable Object> bound = arguments.bind("linecount", "fill_with");
        int size = TextShapes.width(PythonValues.integer(bound.get(0)));
        List<@Nullable Object> batches = new ArrayList<>();
        List<@Nullable Object> items = PythonValues.iterate(value);
        for (int from = 0; from < items.size(); from += Math.max(1, size)) {
            List<@Nullable Object> batch =
                    new ArrayList<>(items.subList(from, Math.min(items.size(), from + Math.max(1, size))));
            while (batch.size() < size && CallArguments.or(bound.get(1), null) != null) {
                batch.add(bound.get(1));
            }
            batches.add(batch);
        }
        return new Lazy(batches);
    }

    private static Object slices(@Nullable Object value, CallArguments arguments) {
        List<@Nullable Object> bound = arguments.bind("slices", "fill_with");
        int count = TextShapes.width(PythonValues.integer(bound.get(0)));
        List<@Nullable Object> items = PythonValues.iterate(value);
        List<@Nullable Object> slices = new ArrayList<>();
        int longer = items.size() % Math.max(1, count);
        int at = 0;
        for (int i = 0; i < count; i++) {
            int size = items.size() / count + (i < longer ? 1 : 0);
            List<@Nullable Object> slice = new ArrayList<>(items.subList(at, at + size));
            if (i >= longer && CallArguments.or(bound.get(1), null) != null) {
                slice.add(bound.get(1));
            }
            slices.add(slice);
            at += size;
        }
        return new Lazy(slices);
    }

    /** Groups in the order of their keys; each prints as a tuple and has {@code grouper} and {@code list}. */
    private static Object groups(@Nullable Object value, CallArguments arguments) {
        List<@Nullable Object> bound = arguments.bind("attribute", "default", "case_sensitive");
        String attribute = PythonValues.text(bound.get(0), "the attribute of groupby");
        boolean exact = PythonValues.truth(CallArguments.or(bound.get(2), false));
        List<@Nullable Object> items = new ArrayList<>(PythonValues.iterate(value));
        Comparator<@Nullable Object> order = Filters.order(exact, false);
        items.sort((left, right) -> order.compare(key(left, attribute, bound), key(right, attribute, bound)));
        Map<Object, List<@Nullable Object>> groups = new LinkedHashMap<>();
        Map<Object, @Nullable Object> names = new LinkedHashMap<>();
        for (Object item : items) {
            Object key = key(item, attribute, bound);
            Object folded = key instanceof String text && !exact ? text.toLowerCase(java.util.Locale.ROOT) : key;
            Object name = folded == null ? CallArguments.ABSENT : folded;
            names.putIfAbsent(name, key);
            groups.computeIfAbsent(name, missing -> new ArrayList<>()).add(item);
        }
        List<@Nullable Object> result = new ArrayList<>();
        groups.forEach((name, group) -> result.add(new Tuple(java.util.Arrays.asList(names.get(name), group), true)));
        return result;
    }

    private static @Nullable Object key(@Nullable Object item, String attribute, List<@Nullable Object> bound) {
        Object key = ListFilters.path(item, attribute);
        return key instanceof Undefined ? CallArguments.or(bound.get(1), key) : key;
    }

    private static Object unique(@Nullable Object value, CallArguments arguments) {
        List<@Nullable Object> bound = arguments.bind("case_sensitive", "attribute");
        boolean exact = PythonValues.truth(CallArguments.or(bound.get(0), false));
        Object attribute = CallArguments.or(bound.get(1), null);
        List<@Nullable Object> seen = new ArrayList<>();
        List<@Nullable Object> kept = new ArrayList<>();
        for (Object item : PythonValues.iterate(value)) {
            Object key = attribute == null
                    ? item
                    : ListFilters.path(item, PythonValues.text(attribute, "the attribute of unique"));
            Object folded = key instanceof String text && !exact ? text.toLowerCase(java.util.Locale.ROOT) : key;
            if (seen.stream().noneMatch(other -> PythonValues.equal(other, folded))) {
                seen.add(folded);
                kept.add(item);
            }
        }
        return new Lazy(kept);
    }

    private static @Nullable Object extreme(@Nullable Object value, CallArguments arguments, boolean largest) {
        List<@Nullable Object> bound = arguments.bind("case_sensitive", "attribute");
        Object attribute = CallArguments.or(bound.get(1), null);
        Comparator<@Nullable Object> order =
                Filters.order(PythonValues.truth(CallArguments.or(bound.get(0), false)), largest);
        Object best = CallArguments.ABSENT;
        for (Object item : PythonValues.iterate(value)) {
            if (best == CallArguments.ABSENT || order.compare(key(item, attribute), key(best, attribute)) < 0) {
                best = item;
            }
        }
        return best == CallArguments.ABSENT ? new Undefined("the minimum or maximum of an empty list") : best;
    }

    private static @Nullable Object key(@Nullable Object item, @Nullable Object attribute) {
        return attribute == null ? item : ListFilters.path(item, PythonValues.text(attribute, "the attribute"));
    }

    private static Object sum(@Nullable Object value, CallArguments arguments) {
        List<@Nullable Object> bound = arguments.bind("attribute", "start");
        Object attribute = CallArguments.or(bound.get(0), null);
        Object sum = CallArguments.or(bound.get(1), 0L);
        for (Object item : PythonValues.iterate(value)) {
            sum = Arithmetics.apply("+", sum, key(item, attribute));
        }
        return sum == null ? 0L : sum;
    }
}
