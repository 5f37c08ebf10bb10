package dev.attune.studio.constitution;

import dev.attune.core.error.BadInputException;
import dev.attune.feedback.constitution.Constitution;
import dev.attune.feedback.constitution.ConstitutionFile;
import dev.attune.feedback.constitution.Constitutions;
import dev.attune.studio.job.FoundJob;
import dev.attune.studio.job.JobCatalog;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The built-in constitution and those of jobs. */
final class ConstitutionCatalog {
    private final JobCatalog jobs;

    ConstitutionCatalog(JobCatalog jobs) {
        this.jobs = jobs;
    }

    /** By hash, the built-in one first. */
    Map<String, KnownConstitution> all() {
        Map<String, Constitution> versions = new LinkedHashMap<>();
        Map<String, List<FoundJob>> users = new LinkedHashMap<>();
        Constitutions.builtIn().forEach(one -> versions.put(one.hash(), one));
        Set<String> builtIn = Set.copyOf(versions.keySet());
        for (FoundJob job : jobs.all()) {
            read(job.file("constitution.yaml")).ifPresent(used -> {
                versions.putIfAbsent(used.hash(), used);
                users.computeIfAbsent(used.hash(), hash -> new ArrayList<>()).add(job);
            });
        }
        Map<String, KnownConstitution> known = new LinkedHashMap<>();
        versions.forEach((hash, version) -> known.put(
                hash, new KnownConstitution(version, builtIn.contains(hash), users.getOrDefault(hash, List.of()))));
        return known;
    }

    /** The versions of each name, the latest first. */
    Map<String, List<KnownConstitution>> byName() {
        Map<String, List<KnownConstitution>> names = new TreeMap<>();
        all().values()
                .forEach(known -> names.computeIfAbsent(known.constitution().name(), name -> new ArrayList<>())
                        .add(known));
        names.values()
                .forEach(versions -> versions.sort(Comparator.comparingInt((KnownConstitution known) ->
                                known.constitution().version())
                        .reversed()));
        return names;
    }

    /**
     * The constitution whose hash a request gives.
     *
     * @throws NotFoundResponse if there is none
     */
    KnownConstitution requested(Context context, String parameter) {
        return Optional.ofNullable(context.queryParam(parameter))
                .map(all()::get)
                .orElseThrow(() -> new NotFoundResponse("There is no such constitution."));
    }

    /** Empty if the job has none, or one that cannot be read. */
    private static Optional<Constitution> read(Path file) {
        try {
            return Files.isRegularFile(file) ? Optional.of(ConstitutionFile.read(file)) : Optional.empty();
        } catch (BadInputException edited) {
            return Optional.empty();
        }
    }
}
