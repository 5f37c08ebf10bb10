package dev.attune.model.gguf;

import dev.attune.core.error.BadInputException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** The metadata of a GGUF file: keys with typed values, in the order of the file. */
public final class Metadata {
    private final String place;
    private final Map<String, MetadataValue> values = new LinkedHashMap<>();

    /** @param place names the file in error messages */
    public Metadata(String place) {
        this.place = place;
    }

    /** The file's name, for error messages. */
    public String place() {
        return place;
    }

    /** All values by their keys. */
    public Map<String, MetadataValue> values() {
        return Collections.unmodifiableMap(values);
    }

    /** The keys, in order. */
    public Set<String> keys() {
        return values().keySet();
    }

    /** Whether the key is there. */
    public boolean has(String key) {
        return values.containsKey(key);
    }

    // ---- writing ----

    /** Sets a value. */
    public Metadata put(String key, MetadataValue value) {
        values.put(key, value);
        return this;
    }

    /** Sets a string. */
    public Metadata put(String key, String value) {
        return put(key, new MetadataValue.Text(value));
    }

    /** Sets an unsigned 32-bit integer. */
    public Metadata put(String key, long value) {
        return put(key, new MetadataValue.Whole(ValueType.UINT32, value));
    }

    /** Sets a float32. */
    public Metadata put(String key, double value) {
        return put(key, new MetadataValue.Real(ValueType.FLOAT32, (float) value));
    }

    /** Sets a boolean. */
    public Metadata put(String key, boolean value) {
        return put(key, new MetadataValue.Flag(value));
    }

    /** Sets an array of strings. */
    public Metadata putTexts(String key, List<String> texts) {
        List<MetadataValue> items =
                texts.stream().<MetadataValue>map(MetadataValue.Text::new).toList();
        return put(key, new MetadataValue.Items(ValueType.STRING, items));
    }

    /** Sets an array of signed 32-bit integers. */
    public Metadata putWholes(String key, LongStream numbers) {
        List<MetadataValue> items = numbers.<MetadataValue>mapToObj(n -> new MetadataValue.Whole(ValueType.INT32, n))
                .toList();
        return put(key, new MetadataValue.Items(ValueType.INT32, items));
    }

    /** Sets an array of float32. */
    public Metadata putReals(String key, List<Double> numbers) {
        List<MetadataValue> items = numbers.stream()
                .<MetadataValue>map(n -> new MetadataValue.Real(ValueType.FLOAT32, n))
                .toList();
        return put(key, new MetadataValue.Items(ValueType.FLOAT32, items));
    }

    // ---- reading ----

    /** A string, or null. */
    public @Nullable String text(String key) {
        MetadataValue value = values.get(key);
        if (value == null) {
            return null;
        }
        if (value instanceof MetadataValue.Text text) {
            return text.value();
        }
        throw wrong(key, value, "a string");
    }

    /** A string that has to be there. */
    public String requiredText(String key) {
        String text = text(key);
        if (text == null) {
            throw missing(key, "a string");
        }
        return text;
    }

    /** A positive integer below 2^31 of any width, or null. */
    public @Nullable Integer count(String key) {
        Integer number = natural(key);
        if (number != null && number == 0) {
            throw invalid(key, "0", "a number above 0");
        }
        return number;
    }

    /** A positive integer that has to be there. */
    public int requiredCount(String key) {
        Integer count = count(key);
        if (count == null) {
            throw missing(key, "a number above 0");
        }
        return count;
    }

    /** An integer from 0 to 2^31 - 1 of any width, or null. */
    public @Nullable Integer natural(String key) {
        MetadataValue value = values.get(key);
        if (value == null) {
            return null;
        }
        if (!(value instanceof MetadataValue.Whole whole)) {
            throw wrong(key, value, "an integer");
        }
        if (whole.value() < 0 || whole.value() > Integer.MAX_VALUE) {
            throw invalid(key, Long.toString(whole.value()), "a number from 0 to " + Integer.MAX_VALUE);
        }
        return (int) whole.value();
    }

    /** A finite number, or null; a float32 as the shortest decimal that gives it, as it stands in a configuration. */
    public @Nullable Double number(String key) {
        MetadataValue value = values.get(key);
        if (value == null) {
            return null;
        }
        double number;
        if (value instanceof MetadataValue.Real real) {
            number = real.type() == ValueType.FLOAT32
                    ? Double.parseDouble(Float.toString((float) real.value()))
                    : real.value();
        } else if (value instanceof MetadataValue.Whole whole) {
            number = whole.value();
        } else {
            throw wrong(key, value, "a number");
        }
        if (!Double.isFinite(number)) {
            throw invalid(key, Double.toString(number), "a finite number");
        }
        return number;
    }

    /** A boolean, or what it is without the key. */
    public boolean flag(String key, boolean otherwise) {
        MetadataValue value = values.get(key);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof MetadataValue.Flag flag) {
            return flag.value();
        }
        throw wrong(key, value, "true or false");
    }

    /** An array of strings, or null. */
    public @Nullable List<String> texts(String key) {
        return items(key, "an array of strings", item -> item instanceof MetadataValue.Text text ? text.value() : null);
    }

    /** An array of integers of any width, or null. */
    public @Nullable List<Long> wholes(String key) {
        return items(
                key, "an array of integers", item -> item instanceof MetadataValue.Whole whole ? whole.value() : null);
    }

    /** An array of numbers in floating point, or null. */
    public @Nullable List<Double> reals(String key) {
        return items(key, "an array of numbers", item -> item instanceof MetadataValue.Real real ? real.value() : null);
    }

    private <T> @Nullable List<T> items(
            String key, String expected, java.util.function.Function<MetadataValue, @Nullable T> read) {
        MetadataValue value = values.get(key);
        if (value == null) {
            return null;
        }
        if (!(value instanceof MetadataValue.Items array)) {
            throw wrong(key, value, expected);
        }
        List<T> items = new java.util.ArrayList<>(array.items().size());
        for (MetadataValue item : array.items()) {
            T one = read.apply(item);
            if (one == null) {
                throw wrong(key, item, expected);
            }
            items.add(one);
        }
        return items;
    }

    /** The error for a key with an unusable value. */
    public BadInputException invalid(String key, String found, String expected) {
        return BadInputException.at(
                place + ", key " + key, found, expected, "convert the model to GGUF again, or use another file");
    }

    private BadInputException missing(String key, String expected) {
        return invalid(key, "nothing", expected);
    }

    private BadInputException wrong(String key, MetadataValue value, String expected) {
        return invalid(key, "a value of type " + value.type(), expected);
    }
}
