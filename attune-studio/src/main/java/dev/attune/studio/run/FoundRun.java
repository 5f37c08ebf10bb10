package dev.attune.studio.run;

import dev.attune.core.run.MetricsLog;
import dev.attune.core.run.RunFolder;
import dev.attune.feedback.run.Run;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run in the studio: from the queue, from a run directory, or both.
 *
 * @param name its path below the directory of all runs, with slashes; part of page addresses
 * @param run its entry in the queue; null if it was started elsewhere
 */
public record FoundRun(
        String name, Path directory, @Nullable Run run) {
    /** The run directory; empty before training created it. */
    public Optional<RunFolder> folder() {
        return Optional.of(place()).filter(RunFolder::started);
    }

    private RunFolder place() {
        return new RunFolder(directory);
    }

    public String method() {
        return run == null
                ? folder().map(RunFolder::method).orElse("?")
                : run.plan().method();
    }

    /** The state in one word; from the run directory if the run was started elsewhere. */
    public String state() {
        if (run != null) {
            return run.state().configName();
        }
        return complete() ? "finished" : "unfinished";
    }

    /** Whether the run has ended, as far as known. */
    public boolean over() {
        return run == null ? complete() : run.state().over();
    }

    public boolean complete() {
        return place().complete();
    }

    public Path model() {
        return place().model();
    }

    /** The stages of a recipe with stages; empty for a single run. */
    public List<RunFolder> stages() {
        return place().stages();
    }

    /** The number of the last step, or how many stages are complete. Reads only the end of the metrics. */
    public String progress() {
        if (!stages().isEmpty()) {
            return place().progress();
        }
        List<String> end =
                LogTail.of(directory.resolve("metrics.jsonl"), 2).lines().toList();
        return "step " + MetricsLog.of(end).lastStep();
    }

    /** A run's name as the path of an address. */
    public static String path(String name) {
        try {
            return new URI(null, null, "/" + name, null).getRawPath();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("every path can be written as an address", e);
        }
    }

    /** Its name as a value in an address. */
    public String query() {
        return query(name);
    }

    /** A run's name as a value in an address. */
    public static String query(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    /** Whether it kept rollouts. */
    public boolean rollouts() {
        return Files.isDirectory(directory.resolve("rollouts"));
    }
}
