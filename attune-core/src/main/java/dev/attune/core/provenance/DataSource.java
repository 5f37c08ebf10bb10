package dev.attune.core.provenance;

import dev.attune.core.io.AtomicFiles;
import dev.attune.core.io.Hashing;
import dev.attune.core.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A file of data and what it was made from.
 *
 * @param sha256 of the file's bytes
 * @param format the rows' format, or null if none applies
 * @param rows in the file; 0 if not counted
 * @param used of these
 * @param derivation how it was made from {@code sources}, as key and value: the choice of pairs, a split's seed; empty
 *     for original data
 * @param sources the files it was made from; empty for original data
 */
public record DataSource(
        String path,
        String sha256,
        @Nullable String format,
        long rows,
        long used,
        Map<String, String> derivation,
        List<DataSource> sources) {
    private static final String SIDECAR = ".provenance.json";

    public DataSource {
        derivation = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(derivation));
        sources = List.copyOf(sources);
    }

    /**
     * Describes a file: hashes it, and reads its sources from its provenance file if that file is for the same bytes.
     */
    public static DataSource of(Path file, @Nullable String format, long rows, long used) throws IOException {
        String hash = Hashing.sha256(file);
        Path sidecar = sidecar(file);
        if (Files.isRegularFile(sidecar)) {
            DataSource recorded = Json.read(sidecar, DataSource.class);
            if (recorded.sha256().equals(hash)) {
                return new DataSource(
                        file.toString(), hash, format, rows, used, recorded.derivation(), recorded.sources());
            }
        }
        return new DataSource(file.toString(), hash, format, rows, used, Map.of(), List.of());
    }

    /** Writes the provenance file of a file that was just written. */
    public static DataSource recordDerived(
            Path file, String format, long rows, Map<String, String> derivation, List<DataSource> sources)
            throws IOException {
        DataSource source =
                new DataSource(file.toString(), Hashing.sha256(file), format, rows, rows, derivation, sources);
        AtomicFiles.write(sidecar(file), Json.pretty(source));
        return source;
    }

    /** This file and all it was made from, nearest first. */
    public Stream<DataSource> chain() {
        return Stream.concat(Stream.of(this), sources.stream().flatMap(DataSource::chain));
    }

    private static Path sidecar(Path file) {
        return file.resolveSibling(file.getFileName() + SIDECAR);
    }
}
