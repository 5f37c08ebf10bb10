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
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The provenance of a model: the run, its data and its parents with their own provenance, back to the first ranking.
 *
 * @param run the run's name
 * @param method of training, as in recipes
 * @param time of the run's start, ISO-8601 in UTC
 * @param recipeSha256 of the complete recipe
 * @param versions by component: attune, java, libtorch and so on
 */
public record Provenance(
        String run,
        String method,
        long seed,
        String time,
        String recipeSha256,
        Map<String, String> versions,
        Machine machine,
        List<DataSource> data,
        List<Parent> parents) {
    /** The file's name in run and model folders. */
    public static final String FILE = "provenance.json";

    public Provenance {
        versions = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(versions));
        data = List.copyOf(data);
        parents = List.copyOf(parents);
    }

    /** Describes a parent model by its folder, with its own provenance if it has one. */
    public static Parent parent(String role, Path modelFolder) throws IOException {
        return new Parent(
                role,
                modelFolder.toString(),
                Hashing.sha256OfFolder(modelFolder),
                find(modelFolder).orElse(null));
    }

    /** The provenance in a run's or model's folder, if there is one. */
    public static Optional<Provenance> find(Path folder) {
        Path file = folder.resolve(FILE);
        return Files.isRegularFile(file) ? Optional.of(Json.read(file, Provenance.class)) : Optional.empty();
    }

    /** Writes {@link #FILE} into a folder, atomically. */
    public void write(Path folder) throws IOException {
        AtomicFiles.write(folder.resolve(FILE), Json.pretty(this));
    }

    /** This run and all before it that are known, nearest first. A run that is reached twice appears twice. */
    public Stream<Provenance> chain() {
        Stream<Provenance> before = parents.stream()
                .flatMap(parent -> Stream.ofNullable(parent.provenance()))
                .flatMap(Provenance::chain);
        return Stream.concat(Stream.of(this), before);
    }

    /** Every file of data in the whole chain, with the files those were made from, each hash once. */
    public List<DataSource> allData() {
        Map<String, DataSource> byHash = new LinkedHashMap<>();
        chain().flatMap(provenance -> provenance.data().stream())
                .flatMap(DataSource::chain)
                .forEach(source -> byHash.putIfAbsent(source.sha256(), source));
        return List.copyOf(byHash.values());
    }
}
