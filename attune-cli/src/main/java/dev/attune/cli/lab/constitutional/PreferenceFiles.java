package dev.attune.cli.lab.constitutional;

import dev.attune.core.data.Dataset;
import dev.attune.core.data.ReadOptions;
import dev.attune.core.data.Row;
import dev.attune.core.data.RowFiles;
import dev.attune.core.feedback.Preference;
import dev.attune.core.text.Prompt;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Files of pairs. */
public final class PreferenceFiles {
    /** A judge that names an answer less probably than this has not decided. */
    private static final double DECIDED = 0.75;

    /** Two answers to a prompt, in any order. */
    private record Compared(Prompt prompt, Set<String> answers) {
        static Compared of(Row.PreferenceRow row) {
            Preference pair = row.preference();
            return new Compared(pair.prompt(), Set.copyOf(List.of(pair.chosen(), pair.rejected())));
        }
    }

    private PreferenceFiles() {}

    static List<Row.PreferenceRow> read(Path file) {
        return Dataset.read(file, ReadOptions.defaults()).rowsOf(Row.PreferenceRow.class);
    }

    /**
     * Writes a judge's pairs of harm and people's other pairs into one file, in the order of precedence that people's rankings
     * have: where the judge decides, its label alone counts; where it does not, people's.
     */
    public static void judgedFirst(Path judged, Path people, Path both) {
        List<Row.PreferenceRow> rows = read(judged).stream()
                .filter(row -> row.preference().probability() >= DECIDED)
                .collect(Collectors.toCollection(ArrayList::new));
        Set<Compared> decided = rows.stream().map(Compared::of).collect(Collectors.toUnmodifiableSet());
        read(people).stream().filter(row -> !decided.contains(Compared.of(row))).forEach(rows::add);
        RowFiles.write(both, rows);
    }
}
