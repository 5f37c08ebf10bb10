package dev.attune.core.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Options for reading a dataset.
 *
 * @param format what the rows hold; null to detect it from the first rows
 * @param onFault what happens to rows that cannot be used
 * @param rowCheck a further check of each row; null for none
 * @param buckets the names of Label Studio's buckets, best first; empty if their names have numbers
 */
public record ReadOptions(
        @Nullable DataFormat format,
        OnFault onFault,
        @Nullable RowCheck rowCheck,
        List<String> buckets) {
    public ReadOptions {
        buckets = List.copyOf(buckets);
    }

    public ReadOptions(@Nullable DataFormat format, OnFault onFault, @Nullable RowCheck rowCheck) {
        this(format, onFault, rowCheck, List.of());
    }

    /** Detects the format and drops faulty rows. */
    public static ReadOptions defaults() {
        return new ReadOptions(null, OnFault.DROP, null);
    }

    /** A copy with a format; null detects it. */
    public ReadOptions withFormat(@Nullable DataFormat named) {
        return new ReadOptions(named, onFault, rowCheck, buckets);
    }

    /** A copy with another way to handle faulty rows. */
    public ReadOptions withOnFault(OnFault handling) {
        return new ReadOptions(format, handling, rowCheck, buckets);
    }

    /** A copy with a further check of each row. */
    public ReadOptions withRowCheck(@Nullable RowCheck check) {
        return new ReadOptions(format, onFault, check, buckets);
    }

    /** A copy with an order of Label Studio's buckets. */
    public ReadOptions withBuckets(List<String> names) {
        return new ReadOptions(format, onFault, rowCheck, names);
    }
}
