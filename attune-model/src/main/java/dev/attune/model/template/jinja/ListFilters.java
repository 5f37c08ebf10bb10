package dev.attune.model.template.jinja;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The filters that iterate over lists, including those that are generators in jinja2. */
final class ListFilters {
    private ListFilters() {}

    static @Nullable Object apply(String name, @Nullable Object value, CallArguments arguments) {
        return switch (name) {
            case "first" -> {
                arguments.none();
                List<@Nullable Object> items = PythonValues.iterate(value);
                yield items.isEmpty() ? new Undefined("the first item of an empty list") : items.get(0);
            }
            case "last" -> {
                arguments.none();
                yield last(value);
            }
            case "reverse" -> {
                arguments.none();
                yield reversed(value);
            }
            case "sort" -> sorted(value, arguments);
            case "dictsort" -> dictSorted(value, arguments);
            case "items" -> {
                arguments.none();
                yield new Lazy(Filters.pairs(value));
            }
            case "map" -> mapped(value, arguments);
            case "select" -> selected(value, arguments, false, true);
            case "reject" -> selected(value, arguments, false, false);
            case "selectattr" -> selected(value, arguments, true, true);
            case "rejectattr" -> selected(value, arguments, true, false);
            default -> ListShapes.apply(name, value, arguments);
        };
    }

    private static @Nullable Object last(@Nullable Object value) {
        if (value instanceof Lazy) {
            throw new TemplateError("a generator has no last item");
        }
        List<@Nullable Object> items = PythonValues.iterate(value);
        return items.isEmpty() ? new Undefined("the last item of an empty list") : items.get(items.size() - 1);
    }

    private static Object reversed(@Nullable Object value) {
        if (value instanceof String) {
            return Slices.slice(value, null, null, -1L);
        }
        List<@Nullable Object> items = new ArrayList<>(PythonValues.iterate(value));
        Collections.reverse(items);
        return new Lazy(items);
    }

    private static Object sorted(@Nullable Object value, CallArguments arguments) {
        List<@Nullable Object> bound = arguments.bind("reverse", "case_sensitive", "attribute");
        Object attribute = CallArguments.or(bound.get(2), null);
        Comparator<@Nullable Object> order = Filters.order(
                PythonValues.truth(CallArguments.or(bound.get(1), false)),
                PythonValues.truth(CallArguments.or(bound.get(0), false)));
        List<@Nullable Object> items = new ArrayList<>(PythonValues.iterate(value));
        items.sort(
                attribute == null
                        ? order
                        : (left, right) -> order.compare(
                                path(left, PythonValues.text(attribute, "the attribute")),
                                path(right, PythonValues.text(attribute, "the attribute"))));
        return items;
    }

    private static Object dictSorted(@Nullable Object value, CallArguments arguments) {
        List<@Nullable Object> bound = arguments.bind("case_sensitive", "by", "reverse");
        boolean byValue = "value".equals(CallArguments.or(bound.get(1), "key"));
        Comparator<@Nullable Object> order = Filters.order(
                PythonValues.truth(CallArguments.or(bound.get(0), false)),
                PythonValues.truth(CallArguments.or(bound.get(2), false)));
        List<@Nullable Object> pairs = new ArrayList<>(Filters.pairs(value));
        pairs.sort((left, right) ->
                order.compare(Slices.at(pair(left), byValue ? 1 : 0), Slices.at(pair(right), byValue ? 1 : 0)));
        return pairs;
    }

    private static Object pair(@Nullable Object pair) {
        return pair == null ? new Tuple(List.of()) : pair;
    }

    private static Object mapped(@Nullable Object value, CallArguments arguments) {
        List<@Nullable Object> results = new ArrayList<>();
        if (arguments.positional().isEmpty()) {
            for (String name : arguments.named().keySet()) {
                if (!name.equals("attribute") && !name.equals("default")) {
                    throw TemplateError.unsupported("the argument '" + name + "' of map");
                }
            }
            Object attribute = arguments.named().get("attribute");
            for (Object item : PythonValues.iterate(value)) {
                Object found = attribute instanceof Long
                        ? Attributes.item(item, attribute)
                        : path(item, PythonValues.text(attribute, "the attribute of map"));
                boolean missing =
                        found instanceof Undefined && arguments.named().containsKey("default");
                results.add(missing ? arguments.named().get("default") : found);
            }
        } else {
            String filter = PythonValues.text(arguments.positional().get(0), "the filter of map");
            for (Object item : PythonValues.iterate(value)) {
                results.add(Filters.apply(filter, item, arguments.rest("the filter '" + filter + "'")));
            }
        }
        return new Lazy(results);
    }

    private static Object selected(
            @Nullable Object value, CallArguments arguments, boolean byAttribute, boolean wanted) {
        List<@Nullable Object> given = arguments.positional();
        if (byAttribute && given.isEmpty()) {
            throw new TemplateError(arguments.callee() + " needs an attribute");
        }
        CallArguments test = byAttribute ? arguments.rest(arguments.callee()) : arguments;
        Predicate<@Nullable Object> holds = predicate(test);
        List<@Nullable Object> kept = new ArrayList<>();
        for (Object item : PythonValues.iterate(value)) {
            Object tested = byAttribute ? path(item, PythonValues.text(given.get(0), "the attribute")) : item;
            if (holds.test(tested) == wanted) {
                kept.add(item);
            }
        }
        return new Lazy(kept);
    }

    private static Predicate<@Nullable Object> predicate(CallArguments test) {
        if (test.positional().isEmpty()) {
            return PythonValues::truth;
        }
        String name = PythonValues.text(test.positional().get(0), "the test");
        CallArguments rest = test.rest("the test '" + name + "'");
        return value -> Tests.apply(name, value, rest);
    }

    /** {@code a.b}: the item b of the item a; parts that are numbers are indexes. */
    static @Nullable Object path(@Nullable Object item, String path) {
        Object value = item;
        for (String part : path.split("\\.", -1)) {
            value = Attributes.item(value, part.matches("[0-9]{1,9}") ? (Object) Long.valueOf(part) : part);
        }
        return value;
    }
}
