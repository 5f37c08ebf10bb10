package dev.attune.serve.tool;

import java.util.List;

/**
 * The functions of a request.
 *
 * @param shown those that the prompt describes
 * @param callable those that may be called
 * @param mode whether the model may, must or must not call one
 * @param parallel whether one answer may have several calls
 */
public record Tools(List<Tool> shown, List<Tool> callable, Mode mode, boolean parallel) {
    public static final Tools NONE = new Tools(List.of(), List.of(), Mode.NONE, true);

    /** Whether calls are made. */
    public enum Mode {
        NONE,
        AUTO,
        FORCED
    }

    /** Whether a function of this name may be called. */
    public boolean has(String name) {
        return callable.stream().anyMatch(tool -> tool.name().equals(name));
    }
}
