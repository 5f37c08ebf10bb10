package dev.attune.model.template.jinja;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The filters that sum, round, compare, group and count. */
final class AggregateFilters {
    private static final Pattern WORD = Pattern.compile("(?U)\\w+");
    private static final int MAX_PRECISION = 15;

    private AggregateFilters() {}

    static @Nullable Object apply(String name, @Nullable Object value, CallArguments arguments) {
        return switch (name) {
            case "sum" -> sum(value, arguments);
            case "min" -> extreme(value, arguments, false);
            case "max" -> extreme(value, arguments, true);
            case "unique" -> unique(value, arguments);
            case "groupby" -> grouped(value, arguments);
            case "batch" -> batched(value, arguments);
            case "slice" -> sliced(value, arguments);
            case "round" -> rounded(value, arguments);
            case "wordcount" -> {
                arguments.none();
                yield WORD.matcher(Printing.str(value)).results().count();
            }
            case "center" ->
                StringLayout.centered(
                        Printing.str(value),
                        Values.whole(CallArguments.or(arguments.bind("width").get(0), 80L)));
            case "safe" -> {
                arguments.none();
                yield new SafeText(Printing.str(value));
            }
            default -> throw TemplateError.unsupported("the filter '" + name + "'");
        };
    }

    private static @Nullable Object sum(@Nullable Object value, CallArguments arguments) {
        List<@Nullable Object> bound = arguments.bind("attribute", "start");
        Object attribute = CallArguments.or(bound.get(0), null);
        Object total = CallArguments.or(bound.get(1), 0L);
        for (Object item : Values.iterate(value)) {
            total = Arithmetics.apply("+", total, attributeOf(item, attribute));
        }
        return total;
    }

    private static @Nullable Object extreme(@Nullable Object value, CallArguments arguments, boolean largest) {
        List<@Nullable Object> bound = arguments.bind("case_sensitive", "attribute");
        Comparator<@Nullable Object> order = Filters.order(Values.truth(CallArguments.or(bound.get(0), false)), false);
        Object attribute = CallArguments.or(bound.get(1), null);
        List<@Nullable Object> items = Values.iterate(value);
        if (items.isEmpty()) {
            return new Undefined("the " + (largest ? "largest" : "smallest") + " item of nothing");
        }
        Object best = items.get(0);
        for (Object item : items.subList(1, items.size())) {
            int compared = order.compare(attributeOf(item, attribute), attributeOf(best, attribute));
            if (largest ? compared > 0 : compared < 0) {
                best = item;
            }
        }
        return best;
    }

    private static Object unique(@Nullable Object value, CallArguments arguments) {
        List<@Nullable Object> bound = arguments.bind("case_sensitive", "attribute");
        boolean caseSensitive = Values.truth(CallArguments.or(bound.get(0), false));
        Object attribute = CallArguments.or(bound.get(1), null);
        List<@Nullable Object> keys = new ArrayList<>();
        List<@Nullable Object> kept = new ArrayList<>();
        for (Object item : Values.iterate(value)) {
            Object key = folded(attributeOf(item, attribute), caseSensitive);
            if (keys.stream().noneMatch(known -> Values.equal(known, key))) {
                keys.add(key);
                kept.add(item);
            }
        }
        return new Lazy(kept);
    }

    /** Pairs of a value of the attribute and the items that have it, by ascending value. */
    private static Object grouped(@Nullable Object value, CallArguments arguments) {
        List<@Nullable Object> bound = arguments.bind("attribute", "default", "case_sensitive");
        Object attribute = bound.get(0);
        boolean caseSensitive = Values.truth(CallArguments.or(bound.get(2), false));
        List<@Nullable Object> items = new ArrayList<>(Values.iterate(value));
        Comparator<@Nullable Object> order = Filters.order(caseSensitive, false);
        items.sort((left, right) ->
                order.compare(attributeOf(left, attribute, bound.get(1)), attributeOf(right, attribute, bound.get(1))));
        List<@Nullable Object> groups = new ArrayList<>();
        List<@Nullable Object> current = new ArrayList<>();
        Object currentKey = null;
        for (Object item : items) {
            Object key = attributeOf(item, attribute, bound.get(1));
            if (current.isEmpty() || !Values.equal(folded(key, caseSensitive), folded(currentKey, caseSensitive))) {
                current = new ArrayList<>();
                currentKey = key;
                groups.add(new Tuple(java.util.Arrays.asList(key, current)));
            }
            current.add(item);
        }
        return groups;
    }

    private static Object batched(@Nullable Object value, CallArguments arguments) {
        List<@Nullable Object> bound = arguments.bind("linecount", "fill_with");
        int size = positive(bound.get(0));
        Object fill = CallArguments.or(bound.get(1), null);
        List<@Nullable Object> items = Values.iterate(value);
        List<@Nullable Object> batches = new ArrayList<>();
        for (int from = 0; from < items.size(); from += size) {
            List<@Nullable Object> batch = new ArrayList<>(items.subList(from, Math.min(items.size(), from + size)));
            while (fill != null && batch.size() < size) {
                batch.add(fill);
            }
            batches.add(batch);
        }
        return new Lazy(batches);
    }

    private static Object sliced(@Nullable Object value, CallArguments arguments) {
        List<@Nullable Object> bound = arguments.bind("slices", "fill_with");
        int slices = positive(bound.get(0));
        Object fill = CallArguments.or(bound.get(1), null);
        List<@Nullable Object> items = Values.iterate(value);
        int length = items.size() / slices;
        int longer = items.size() % slices;
        List<@Nullable Object> all = new ArrayList<>();
        int from = 0;
        for (int slice = 0; slice < slices; slice++) {
            int to = from + length + (slice < longer ? 1 : 0);
            List<@Nullable Object> part = new ArrayList<>(items.subList(from, to));
            if (fill != null && slice >= longer) {
                part.add(fill);
            }
            all.add(part);
            from = to;
        }
        return new Lazy(all);
    }

    private static int positive(@Nullable Object value) {
        long number = Values.whole(value);
        if (number < 1 || number > Integer.MAX_VALUE) {
            throw new TemplateError(number + " is no number of items");
        }
        return (int) number;
    }

    private static Object rounded(@Nullable Object value, CallArguments arguments) {
        List<@Nullable Object> bound = arguments.bind("precision", "method");
        long precision = Values.whole(CallArguments.or(bound.get(0), 0L));
        String method = Values.text(CallArguments.or(bound.get(1), "common"), "the rounding method");
        if (precision < 0 || precision > MAX_PRECISION) {
            throw TemplateError.unsupported("rounding to " + precision + " digits");
        }
        RoundingMode mode =
                switch (method) {
                    case "common" -> RoundingMode.HALF_EVEN;
                    case "ceil" -> RoundingMode.CEILING;
                    case "floor" -> RoundingMode.FLOOR;
                    default -> throw new TemplateError("method must be common, ceil or floor");
                };
        if (value instanceof Long && method.equals("common")) {
            return value;
        }
        if (method.equals("common")) {
            return new BigDecimal(Values.number(value))
                    .setScale((int) precision, mode)
                    .doubleValue();
        }
        double scale = Math.pow(10, (double) precision);
        double scaled = Values.number(value) * scale;
        return (method.equals("ceil") ? Math.ceil(scaled) : Math.floor(scaled)) / scale;
    }

    private static @Nullable Object attributeOf(@Nullable Object item, @Nullable Object attribute) {
        return attribute == null
                ? item
                : attribute instanceof String path ? ListFilters.path(item, path) : Attributes.item(item, attribute);
    }

    private static @Nullable Object attributeOf(
            @Nullable Object item, @Nullable Object attribute, @Nullable Object otherwise) {
        Object found = attributeOf(item, attribute);
        return found instanceof Undefined ? CallArguments.or(otherwise, found) : found;
    }

    private static @Nullable Object folded(@Nullable Object value, boolean caseSensitive) {
        return value instanceof String text && !caseSensitive ? text.toLowerCase(Locale.ROOT) : value;
    }
}
