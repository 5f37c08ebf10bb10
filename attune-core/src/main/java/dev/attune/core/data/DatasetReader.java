package dev.attune.core.data;

import dev.attune.core.data.raw.RowKeys;
import dev.attune.core.error.BadInputException;
import dev.attune.core.io.Gzip;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads one file: detects the format, parses and checks rows, counts faults. */
final class DatasetReader {
    private final Path file;
    private final ReadOptions options;
    private final Map<Fault.Kind, Long> faults = new EnumMap<>(Fault.Kind.class);
    private final List<Fault> examples = new ArrayList<>();
    private final Map<String, Long> unusedKeys = new LinkedHashMap<>();
    private boolean tolerateUnreadable;
    private long rows;
    private long used;

    DatasetReader(Path file, ReadOptions options) {
        this.file = file;
        this.options = options;
    }

    /** Counts unreadable lines like other faults instead of ending the reading, for inspection. */
    DatasetReader toleratingUnreadable() {
        tolerateUnreadable = true;
        return this;
    }

    DatasetReport read(Consumer<Row> sink) {
        DatasetReport report = readAll(sink);
        if (used == 0 && !tolerateUnreadable) {
            Fault first = examples.isEmpty() ? null : examples.get(0);
            throw first == null
                    ? BadInputException.at(
                            file.toString(),
                            rows == 0 ? "no rows" : "only rows without an answer",
                            "at least one" + (rows == 0 ? "" : " answer"),
                            "give a file with data")
                    : BadInputException.at(
                            first.place(),
                            first.found() + " (and no row of " + rows + " can be used)",
                            first.expected(),
                            "repair the rows or name another format than "
                                    + report.format().configName());
        }
        return report;
    }

    private DatasetReport readAll(Consumer<Row> sink) {
        try {
            Container container = Sources.container(file);
            RawSource source = Sources.open(file, container);
            DataFormat format = options.format() == null ? Sources.detect(file, source) : options.format();
            source.read(raw -> {
                rows++;
                take(format, raw, sink);
                return true;
            });
            return new DatasetReport(
                    file.toString(),
                    format,
                    container,
                    Gzip.isGzip(file),
                    rows,
                    used,
                    rows - used,
                    Collections.unmodifiableMap(faults), // in the order of the kinds, each time
                    List.copyOf(examples),
                    Collections.unmodifiableMap(unusedKeys), // in the order of the file
                    source.notes());
        } catch (IOException e) {
            throw Sources.unreadable(file, e);
        }
    }

    private void take(DataFormat format, RawRow raw, Consumer<Row> sink) {
        if (raw.object() == null) {
            report(raw, raw.problem());
            return;
        }
        try {
            List<Row> usable = new ArrayList<>();
            RowProblem first = null;
            RowKeys keys = new RowKeys(raw.object());
            List<Parsed> rowsOfObject = RowParser.parse(options, format, raw.line(), keys);
            for (Parsed parsed : rowsOfObject) {
                RowProblem problem = parsed.problem() == null
                        ? RowChecks.problem(parsed.row(), options.rowCheck())
                        : parsed.problem();
                first = first == null ? problem : first;
                if (problem == null || (options.onFault() == OnFault.KEEP && problem.usable())) {
                    usable.add(parsed.row());
                }
            }
            report(raw, first);
            if (!rowsOfObject.isEmpty()) {
                keys.unused().forEach(key -> unusedKeys.merge(key, 1L, Long::sum));
            }
            used += usable.isEmpty() ? 0 : 1;
            usable.forEach(sink);
        } catch (RowProblem e) {
            report(raw, e);
        }
    }

    private void report(RawRow raw, @Nullable RowProblem problem) {
        if (problem == null) {
            return;
        }
        Fault fault = problem.at(file.toString(), raw.line());
        boolean unreadable = fault.kind() == Fault.Kind.UNREADABLE;
        if (unreadable ? !tolerateUnreadable : options.onFault() == OnFault.FAIL) {
            throw fault.toException();
        }
        faults.merge(fault.kind(), 1L, Long::sum);
        if (examples.size() < DatasetReport.MAX_EXAMPLES) {
            examples.add(fault);
        }
    }
}
