package dev.attune.model.template.jinja;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The variable {@code loop} inside a loop. */
final class LoopVariables implements Attributed, Function {
    private final List<@Nullable Object> items;
    private final int depth;
    private final @Nullable Function recursion;
    private @Nullable List<@Nullable Object> lastValues;
    private int at;

    /**
     * @param depth of recursive loops, from 0
     * @param recursion runs the loop over other items; null: the loop is not recursive
     */
    LoopVariables(List<@Nullable Object> items, int depth, @Nullable Function recursion) {
        this.items = items;
        this.depth = depth;
        this.recursion = recursion;
    }

    @Override
    public @Nullable Object call(CallArguments arguments) {
        if (recursion == null) {
            throw new TemplateError("the loop is called and not marked 'recursive'");
        }
        return recursion.call(arguments);
    }

    void moveTo(int index) {
        at = index;
    }

    @Override
    public @Nullable Object get(String name) {
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
            case "changed" -> (Function) this::changed;
            case "depth" -> depth + 1L;
            case "depth0" -> (long) depth;
            default -> throw TemplateError.unsupported("'loop." + name + "'");
        };
    }

    private boolean changed(CallArguments arguments) {
        List<@Nullable Object> values = arguments.positional();
        boolean same = lastValues != null && PythonValues.equal(values, lastValues);
        lastValues = values;
        return !same;
    }

    private @Nullable Object cycle(CallArguments arguments) {
        List<@Nullable Object> values = arguments.positional();
        if (values.isEmpty()) {
            throw new TemplateError("loop.cycle needs values");
        }
        return values.get(at % values.size());
    }
}
