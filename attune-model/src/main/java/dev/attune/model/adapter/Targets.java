package dev.attune.model.adapter;

import dev.attune.core.error.BadInputException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The modules that an adapter changes, as PEFT's {@code target_modules} names them. */
public sealed interface Targets {
    /** PEFT's word for all linear maps inside the layers. */
    String ALL_LINEAR = "all-linear";

    /** All linear maps but the output projection, which is left out by its place, not by its name. */
    record AllLinear() implements Targets {}

    /** Modules with one of these names, or whose names end with a dot and one of them. */
    record Names(List<String> names) implements Targets {
        public Names {
            names = List.copyOf(names);
        }

        boolean matches(String module) {
            return names.stream().anyMatch(name -> module.equals(name) || module.endsWith("." + name));
        }
    }

    /** Modules whose whole name fits a regular expression. */
    record Expression(String text) implements Targets {
        boolean matches(String module) {
            return compiled(text).matcher(module).matches();
        }
    }

    /** All linear maps but the output projection. */
    static Targets allLinear() {
        return new AllLinear();
    }

    /** Modules by the ends of their names, such as {@code q_proj}. */
    static Targets named(String... names) {
        return new Names(List.of(names));
    }

    /** {@code all-linear}, or a regular expression for the whole name of a module. */
    static Targets text(String text) {
        return text.equalsIgnoreCase(ALL_LINEAR) ? new AllLinear() : new Expression(text);
    }

    /** @throws BadInputException if the text is not a regular expression */
    static Pattern compiled(String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new BadInputException(
                    "the pattern '" + text + "' of an adapter's modules: not a regular expression: "
                            + e.getDescription() + "; correct it, or name modules in a list",
                    e);
        }
    }
}
