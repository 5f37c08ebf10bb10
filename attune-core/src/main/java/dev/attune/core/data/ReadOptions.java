package dev.attune.core.data;

import io.soabase.recordbuilder.core.RecordBuilder;
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
@RecordBuilder
public record ReadOptions(
        @Nullable DataFormat format,
        OnFault onFault,
        @Nullable RowCheck rowCheck,
        List<String> buckets) implements ReadOptionsBuilder.With {
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
    @Override
    public ReadOptions withFormat(@Nullable DataFormat named) {
        return new ReadOptions(named, onFault, rowCheck, buckets);
    }

    /** A copy with a further check of each row. */
    @Override
    public ReadOptions withRowCheck(@Nullable RowCheck check) {
        return new ReadOptions(format, onFault, check, buckets);
    }
}
