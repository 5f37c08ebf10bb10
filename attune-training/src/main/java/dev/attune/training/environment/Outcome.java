package dev.attune.training.environment;

import org.jspecify.annotations.Nullable;

/**
 * What a call to an environment gave: a value or a fault, never both.
 *
 * @param fault what went wrong, to be read behind "the environment"
 */
public record Outcome<T>(@Nullable T value, @Nullable String fault) {
    static <T> Outcome<T> of(T value) {
        return new Outcome<>(value, null);
    }

    static <T> Outcome<T> fault(String what) {
        return new Outcome<>(null, what);
    }
}
