package dev.attune.model.template.jinja;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The functions that every template sees: jinja2's and those that transformers adds. */
final class Globals {
    /** The sandbox of jinja2 allows no longer range. */
    private static final long LONGEST_RANGE = 100_000;

    private Globals() {}

    static Map<String, Function> all(@Nullable LocalDateTime now) {
        return Map.of(
                "range",
                Globals::range,
                "namespace",
                arguments -> new Namespace(named(arguments)),
                "dict",
                Globals::named,
                "raise_exception",
                Globals::raise,
                "strftime_now",
                arguments -> now(arguments, now),
                "lipsum",
                refused("lipsum", "no chat template needs it"),
                "cycler",
                refused("cycler", "no chat template needs it"),
                "joiner",
                refused("joiner", "no chat template needs it"));
    }

    private static Map<String, @Nullable Object> named(CallArguments arguments) {
        if (!arguments.positional().isEmpty()) {
            throw TemplateError.unsupported(arguments.callee() + " of another dict");
        }
        return arguments.named();
    }

    private static Object now(CallArguments arguments, @Nullable LocalDateTime now) {
        String format = Values.text(arguments.bind("format").get(0), "the format of strftime_now");
        if (now == null) {
            throw new DateNeeded();
        }
        return DateFormat.format(now, format);
    }

    private static Object range(CallArguments arguments) {
        List<@Nullable Object> given = arguments.positional();
        if (given.isEmpty() || given.size() > 3 || !arguments.named().isEmpty()) {
            throw new TemplateError("range takes one to three numbers");
        }
        long start = given.size() == 1 ? 0 : Values.whole(given.get(0));
        long stop = Values.whole(given.get(given.size() == 1 ? 0 : 1));
        long step = given.size() == 3 ? Values.whole(given.get(2)) : 1;
        if (step == 0) {
            throw new TemplateError("a range's step cannot be 0");
        }
        List<@Nullable Object> numbers = new ArrayList<>();
        for (long i = start; step > 0 ? i < stop : i > stop; i += step) {
            if (numbers.size() >= LONGEST_RANGE) {
                throw new TemplateError("the range is longer than " + LONGEST_RANGE);
            }
            numbers.add(i);
        }
        return new View(numbers);
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
