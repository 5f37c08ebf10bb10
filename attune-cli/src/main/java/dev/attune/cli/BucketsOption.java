package dev.attune.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which of Label Studio's buckets is best. */
final class BucketsOption {
    @Option(
            names = "--buckets",
            paramLabel = "NAMES",
            split = ",",
            description = "Buckets of Label Studio's Ranker, best first; required if their names have no numbers.")
    private @Nullable List<String> names;

    List<String> names() {
        return names == null ? List.of() : names;
    }
}
