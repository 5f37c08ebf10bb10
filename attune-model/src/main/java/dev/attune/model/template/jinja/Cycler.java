package dev.attune.model.template.jinja;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result of {@code cycler(a, b)}: returns its values in turn. */
final class Cycler implements Attributed {
    private final List<@Nullable Object> items;
    private int at;

    Cycler(List<@Nullable Object> items) {
        if (items.isEmpty()) {
            throw new TemplateError("cycler needs values");
        }
        this.items = items;
    }

    @Override
    public @Nullable Object get(String name) {
        return switch (name) {
            case "current" -> items.get(at);
            case "next" -> (Function) this::next;
            case "reset" -> (Function) this::reset;
            default -> throw TemplateError.unsupported("'" + name + "' of a cycler");
        };
    }

    private @Nullable Object next(CallArguments arguments) {
        arguments.none();
        Object current = items.get(at);
        at = (at + 1) % items.size();
        return current;
    }

    private @Nullable Object reset(CallArguments arguments) {
        arguments.none();
        at = 0;
        return null;
    }
}
