package dev.attune.training.environment;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The result of a call to an environment: a value or a fault, never both.
 *
 * @param fault the error, as the predicate of a sentence about the environment
 */
public record Outcome<T>(@Nullable T value, @Nullable String fault) {
    static <T> Outcome<T> of(T value) {
        return new Outcome<>(value, null);
    }

    /** The fault of the call, or the problem that the check finds in its value; null if there is none. */
    public @Nullable String faultOr(Function<@Nullable T, @Nullable String> check) {
        return fault == null ? check.apply(value) : fault;
    }

    static <T> Outcome<T> fault(String what) {
        return new Outcome<>(null, what);
    }
}
