package dev.attune.core.data;

import dev.attune.core.error.BadInputException;
import dev.attune.core.stats.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The contents of a dataset.
 *
 * @param rows all, unreadable ones included
 * @param used rows without a fault; the figures below are about these
 * @param unreadable lines that do not parse
 * @param faultCounts by kind
 * @param faults one by one, at most {@link DatasetReport#MAX_EXAMPLES}
 * @param duplicates rows whose content repeats an earlier row
 * @param distinctPrompts how many different prompts there are
 * @param promptTokens null if no tokenizer was given, as is {@code completionTokens}
 * @param unusedKeys keys that the format does not use, with their numbers of rows
 * @param notes what is unusual about the file
 */
public record Inspection(
        String file,
        DataFormat format,
        Container container,
        boolean gzip,
        long rows,
        long used,
        long unreadable,
        Map<Fault.Kind, Long> faultCounts,
        List<Fault> faults,
        long duplicates,
        long distinctPrompts,
        Summary promptCharacters,
        Summary completionCharacters,
        @Nullable Summary promptTokens,
        @Nullable Summary completionTokens,
        Map<String, Long> unusedKeys,
        List<String> notes) {

    /** The failure that a command ends with: there is one if a line is unreadable. */
    public Optional<BadInputException> failure() {
        return faults.stream()
                .filter(fault -> fault.kind() == Fault.Kind.UNREADABLE)
                .findFirst()
                .map(fault -> BadInputException.at(
                        fault.place(),
                        fault.found() + (unreadable > 1 ? " (" + unreadable + " unreadable lines in all)" : ""),
                        fault.expected(),
                        unreadable > 1 ? "repair the lines" : "repair the line"));
    }

    /**
     * The inspection as lines of text.
     *
     * @param maxFaults how many faults are shown one by one
     */
    public List<String> describe(int maxFaults) {
        List<String> lines = new ArrayList<>();
        lines.add("file         " + file);
        lines.add("format       " + format.configName() + ", " + container.configName() + (gzip ? ", gzip" : ""));
        lines.add("rows         " + rows + ", " + used + " without a fault");
        lines.add("prompts      " + distinctPrompts + " distinct, " + duplicates + " rows repeat an earlier one");
        if (promptCharacters.count() > 0) {
            lines.add("prompt       characters: " + promptCharacters.describe());
        }
        if (promptTokens != null && promptTokens.count() > 0) {
            lines.add("prompt       tokens:     " + promptTokens.describe());
        }
        if (completionCharacters.count() > 0) {
            lines.add("completion   characters: " + completionCharacters.describe());
        }
        if (completionTokens != null && completionTokens.count() > 0) {
            lines.add("completion   tokens:     " + completionTokens.describe());
        }
        notes.forEach(note -> lines.add("note         " + note));
        lines.add("unused keys  " + (unusedKeys.isEmpty() ? "none" : DatasetReport.describe(unusedKeys)));
        lines.add("faults       " + (faultCounts.isEmpty() ? "none" : counts()));
        faults.stream().limit(maxFaults).forEach(fault -> lines.add("  " + fault.message()));
        long hidden =
                faultCounts.values().stream().mapToLong(Long::longValue).sum() - Math.min(maxFaults, faults.size());
        if (hidden > 0) {
            lines.add("  and " + hidden + " more");
        }
        return lines;
    }

    private String counts() {
        return faultCounts.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey().configName())
                .collect(Collectors.joining(", "));
    }
}
