package dev.attune.feedback.judge.reply;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value of a reply's JSON. */
sealed interface JsonValue {
    /** A text. */
    record Text(String text) implements JsonValue {}

    /** A number, also NaN or infinite. */
    record Numeric(double number) implements JsonValue {}

    /** True, false or null. */
    record Constant(String word) implements JsonValue {}

    /** A list. */
    record Array(List<JsonValue> items) implements JsonValue {}

    /** An object; a key that is given twice has two values. */
    record Fields(Map<String, List<JsonValue>> values) implements JsonValue {
        Fields() {
            this(new LinkedHashMap<>());
        }
    }

    /** A value of which the end is missing. */
    record Unfinished() implements JsonValue {}

    /** The value as a judge would write it without JSON. */
    default String asText() {
        if (this instanceof Text text) {
            return text.text();
        }
        if (this instanceof Constant constant) {
            return constant.word();
        }
        if (this instanceof Numeric number) {
            return Double.isFinite(number.number())
                    ? BigDecimal.valueOf(number.number()).stripTrailingZeros().toPlainString()
                    : Double.toString(number.number());
        }
        return this instanceof Array array && array.items().size() == 1
                ? array.items().get(0).asText()
                : "";
    }
}
