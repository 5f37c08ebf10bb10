/** Reads and writes Parquet through DuckDB, with rows as JSON. The only package that uses SQL. */
@NullMarked
package dev.attune.core.data.parquet;

import org.jspecify.annotations.NullMarked;
