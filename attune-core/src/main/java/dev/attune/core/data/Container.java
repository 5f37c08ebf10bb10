package dev.attune.core.data;

import com.fasterxml.jackson.annotation.JsonValue;

/** How rows are stored in a file. */
public enum Container {
    /** One JSON object per line. */
    JSONL,
    /** An array of objects, or objects one after another. */
    JSON,
    /** RFC 4180 with a header line. */
    CSV,
    /** Apache Parquet. */
    PARQUET;

    /** The container's name in reports and on the command line. */
    @JsonValue
    public String configName() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
