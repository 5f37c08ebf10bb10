package dev.attune.model.template.jinja;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code loop} knows inside a loop. */
final class LoopVariables {
    private final List<@Nullable Object> items;
    private int at;

    LoopVariables(List<@Nullable Object> items) {
        this.items = items;
    }

    void moveTo(int index) {
        at = index;
    }

    @Nullable
    Object get(String name) {
        return switch (name) {
            case "index" -> at + 1L;
            case "index0" -> (long) at;
            case "revindex" -> (long) items.size() - at;
            case "revindex0" -> items.size() - at - 1L;
            case "first" -> at == 0;
            case "last" -> at == items.size() - 1;
            case "length" -> (long) items.size();
            case "previtem" -> at == 0 ? new Undefined("there is no previous item") : items.get(at - 1);
            case "nextitem" -> at == items.size() - 1 ? new Undefined("there is no next item") : items.get(at + 1);
            case "cycle" -> (Function) this::cycle;
            default -> throw TemplateError.unsupported("'loop." + name + "'");
        };
    }

    private @Nullable Object cycle(CallArguments arguments) {
        List<@Nullable Object> values = arguments.positional();
        if (values.isEmpty()) {
            throw new TemplateError("loop.cycle needs values");
        }
        return values.get(at % values.size());
    }
}
