package dev.attune.core.data;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The result of reading a file.
 *
 * @param format detected or named
 * @param container how the rows are stored
 * @param rows the number of rows, unreadable ones included, blank lines not
 * @param used how many could be used; a record of another tool may have become several rows
 * @param dropped how many could not: {@code rows = used + dropped}
 * @param faults by kind, in the order of {@link Fault.Kind}; kinds that do not occur are left out. A row has one at
 *     most
 * @param examples the faults themselves, at most {@link #MAX_EXAMPLES} of them, in the order of the file
 * @param unusedKeys keys that hold a value and that the format does not use, with the number of rows; keys inside a
 *     value are written as paths ({@code completions[].score})
 * @param notes what is unusual about the file, for example how its cells are separated
 */
public record DatasetReport(
        String file,
        DataFormat format,
        Container container,
        boolean gzip,
        long rows,
        long used,
        long dropped,
        Map<Fault.Kind, Long> faults,
        List<Fault> examples,
        Map<String, Long> unusedKeys,
        List<String> notes) {
    /** How many faults are kept one by one; all are counted. */
    public static final int MAX_EXAMPLES = 10_000;

    private static final int MAX_KEYS = 30;

    /** How many rows have a fault of this kind. */
    public long count(Fault.Kind kind) {
        return faults.getOrDefault(kind, 0L);
    }

    /** How many rows have a fault. */
    public long faulty() {
        return faults.values().stream().mapToLong(Long::longValue).sum();
    }

    /** One line for logs: rows, used, faults by kind, unused keys. */
    public String summary() {
        return summary("unused keys");
    }

    /** @param others what the keys are called that the format does not use */
    public String summary(String others) {
        StringBuilder text =
                new StringBuilder(file + ": " + format.configName() + ", " + rows + " rows, " + used + " used");
        faults.forEach(
                (kind, count) -> text.append(", ").append(count).append(' ').append(kind.configName()));
        notes.forEach(note -> text.append(", ").append(note));
        if (!unusedKeys.isEmpty()) {
            text.append("; ").append(others).append(": ").append(describe(unusedKeys));
        }
        return text.toString();
    }

    /** Keys with their numbers of rows, as a list in one line. */
    static String describe(Map<String, Long> keys) {
        String shown = keys.entrySet().stream()
                .limit(MAX_KEYS)
                .map(key -> key.getKey() + " (" + key.getValue() + (key.getValue() == 1 ? " row)" : " rows)"))
                .collect(Collectors.joining(", "));
        int hidden = keys.size() - MAX_KEYS;
        return hidden > 0 ? shown + " and " + hidden + " more" : shown;
    }
}
