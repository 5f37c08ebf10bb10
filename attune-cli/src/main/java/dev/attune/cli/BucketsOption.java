package dev.attune.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --buckets}: the order of Label Studio's buckets. */
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
