/** Parquet through DuckDB: the one package that knows SQL. Rows come and go as JSON; what they mean is not known here. */
@NullMarked
package dev.attune.core.data.parquet;

import org.jspecify.annotations.NullMarked;
