package dev.attune.cli.lab.constitutional;

import dev.attune.core.data.Dataset;
import dev.attune.core.data.ReadOptions;
import dev.attune.core.data.Row;
import dev.attune.core.data.RowFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Files of pairs. */
public final class PreferenceFiles {
    private PreferenceFiles() {}

    static List<Row.PreferenceRow> read(Path file) {
        return Dataset.read(file, ReadOptions.defaults()).rowsOf(Row.PreferenceRow.class);
    }

    /** Writes the pairs of both files into one. */
    public static void join(Path first, Path second, Path both) {
        List<Row.PreferenceRow> rows = new ArrayList<>(read(first));
        rows.addAll(read(second));
        RowFiles.write(both, rows);
    }
}
