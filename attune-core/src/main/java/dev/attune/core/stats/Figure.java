package dev.attune.core.stats;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Locale;
import java.util.OptionalDouble;

/** A figure that data may leave undefined: a value, or the reason why there is none. It is never NaN. */
@JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
@JsonSubTypes({@JsonSubTypes.Type(Figure.Known.class), @JsonSubTypes.Type(Figure.Undefined.class)})
public sealed interface Figure {
    /** A value, finite or infinite. */
    record Known(double value) implements Figure {
        public Known {
            if (Double.isNaN(value)) {
                throw new IllegalArgumentException("not a number");
            }
        }

        @Override
        public OptionalDouble asOptional() {
            return OptionalDouble.of(value);
        }

        @Override
        public String describe() {
            return String.format(Locale.ROOT, "%.3f", value);
        }
    }

    /**
     * No value.
     *
     * @param reason such as "no item was rated by both raters"
     */
    record Undefined(String reason) implements Figure {
        @Override
        public OptionalDouble asOptional() {
            return OptionalDouble.empty();
        }

        @Override
        public String describe() {
            return "undefined: " + reason;
        }
    }

    /** The value, if there is one. */
    OptionalDouble asOptional();

    /** The value with three digits after the point, or "undefined:" with the reason. */
    String describe();

    /** A value. */
    static Figure of(double value) {
        return new Known(value);
    }

    /** No value, for a reason. */
    static Figure undefined(String reason) {
        return new Undefined(reason);
    }

    /** A value, or the reason if the value is NaN. */
    static Figure of(double value, String reasonIfNaN) {
        return Double.isNaN(value) ? undefined(reasonIfNaN) : of(value);
    }
}
