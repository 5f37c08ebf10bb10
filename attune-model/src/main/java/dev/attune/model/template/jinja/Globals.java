package dev.attune.model.template.jinja;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The global functions of templates: jinja2's and those that transformers adds. */
final class Globals {
    /** The maximum length of a range in jinja2's sandbox. */
    private static final long MAX_RANGE = 100_000;

    private Globals() {}

    static Map<String, Function> all(@Nullable LocalDateTime now) {
        return Map.of(
                "range",
                Globals::range,
                "namespace",
                Globals::namespace,
                "dict",
                Globals::dict,
                "raise_exception",
                Globals::raise,
                "strftime_now",
                arguments -> now(arguments, now),
                "lipsum",
                refused("lipsum", "no chat template needs it"),
                "self",
                refused("self", "no chat template needs it"),
                "cycler",
                arguments -> new Cycler(arguments.positional()),
                "joiner",
                Globals::joiner);
    }

    private static Map<@Nullable Object, @Nullable Object> dict(CallArguments arguments) {
        Map<@Nullable Object, @Nullable Object> dict = new LinkedHashMap<>();
        if (arguments.positional().size() > 1) {
            throw new TemplateError(arguments.callee() + " takes one dict at most");
        }
        for (Object given : arguments.positional()) {
            if (given instanceof Map<?, ?> map) {
                dict.putAll(map);
                continue;
            }
            for (Object pair : PythonValues.iterate(given)) {
                List<@Nullable Object> both = PythonValues.iterate(pair);
                if (both.size() != 2) {
                    throw new TemplateError(arguments.callee() + " takes pairs of a key and a value");
                }
                dict.put(PythonValues.storedKey(dict, PythonValues.key(both.get(0))), both.get(1));
            }
        }
        dict.putAll(arguments.named());
        return dict;
    }

    private static Namespace namespace(CallArguments arguments) {
        Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
        dict(arguments).forEach((name, value) -> attributes.put(PythonValues.text(name, "an attribute's name"), value));
        return new Namespace(attributes);
    }

    private static Object now(CallArguments arguments, @Nullable LocalDateTime now) {
        String format = PythonValues.text(arguments.bind("format").get(0), "the format of strftime_now");
        if (now == null) {
            throw new DateNeeded();
        }
        return DateFormat.format(now, format);
    }

    private static Function joiner(CallArguments arguments) {
        Object separator = CallArguments.or(arguments.bind("sep").get(0), ", ");
        boolean[] used = new boolean[1];
        return ignored -> {
            Object text = used[0] ? separator : "";
            used[0] = true;
            return text;
        };
    }

    private static Object range(CallArguments arguments) {
        List<@Nullable Object> given = arguments.positional();
        if (given.isEmpty() || given.size() > 3 || !arguments.named().isEmpty()) {
            throw new TemplateError("range takes one to three numbers");
        }
        long start = given.size() == 1 ? 0 : PythonValues.integer(given.get(0));
        long stop = PythonValues.integer(given.get(given.size() == 1 ? 0 : 1));
        long step = given.size() == 3 ? PythonValues.integer(given.get(2)) : 1;
        if (step == 0) {
            throw new TemplateError("a range's step cannot be 0");
        }
        List<@Nullable Object> numbers = new ArrayList<>();
        for (long i = start; step > 0 ? i < stop : i > stop; i += step) {
            if (numbers.size() >= MAX_RANGE) {
                throw new TemplateError("the range is longer than " + MAX_RANGE);
            }
            numbers.add(i);
        }
        String printed = "range(" + start + ", " + stop + (step == 1 ? "" : ", " + step) + ")";
        return new View(printed, numbers);
    }

    private static @Nullable Object raise(CallArguments arguments) {
        throw new RefusedByTemplate(Printing.str(arguments.bind("message").get(0)));
    }

    private static Function refused(String name, String why) {
        return arguments -> {
            throw TemplateError.unsupported("'" + name + "' (" + why + ")");
        };
    }
}
