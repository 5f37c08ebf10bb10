package dev.attune.core.data.parquet;

import dev.attune.core.error.BadInputException;
import dev.attune.core.error.OptionalLibrary;
import dev.attune.core.error.RunFailedException;
import dev.attune.core.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes Parquet files. */
public final class ParquetFiles {
    /** Receives the rows of a file. */
    @FunctionalInterface
    public interface RowHandler {
        /** Receives one row, numbered from 1; returns whether to continue. */
        boolean row(long number, ObjectNode row);
    }

    private ParquetFiles() {}

    /**
     * Reads the rows of one file in order; its path may contain any characters.
     *
     * @throws BadInputException if the file is not Parquet
     */
    public static void read(Path file, RowHandler handler) throws IOException {
        try (NamedCopy copy = NamedCopy.of(file);
                Connection connection = connect();
                Statement statement = connection.createStatement()) {
            List<ParquetColumn> columns = columns(statement, copy.path());
            rows(statement, copy.path(), columns, handler);
        } catch (SQLException e) {
            throw BadInputException.at(file.toString(), firstLine(e), "a Parquet file", "check the file");
        }
    }

    private static void rows(Statement statement, Path path, List<ParquetColumn> columns, RowHandler handler)
            throws SQLException {
        String selected = columns.stream().map(ParquetColumn::selected).collect(Collectors.joining(", "));
        String aliases = columns.stream().map(ParquetColumn::alias).collect(Collectors.joining(", "));
        try (ResultSet rows = statement.executeQuery(
                "SELECT " + selected + " FROM " + source(path) + " AS parquet_rows(" + aliases + ")")) {
            for (long number = 1; rows.next(); number++) {
                ObjectNode object = Json.strict().createObjectNode();
                for (int i = 0; i < columns.size(); i++) {
                    object.set(columns.get(i).name(), columns.get(i).value(rows, i + 1));
                }
                if (!handler.row(number, object)) {
                    return;
                }
            }
        }
    }

    /**
     * The columns by position: DuckDB renames columns that differ in case only, so names come from the file's schema.
     */
    private static List<ParquetColumn> columns(Statement statement, Path path) throws SQLException {
        List<String> names = names(statement, path);
        List<ParquetColumn> columns = new ArrayList<>();
        try (ResultSet described = statement.executeQuery("DESCRIBE SELECT * FROM " + source(path))) {
            while (described.next()) {
                int index = columns.size();
                String name = index < names.size() ? names.get(index) : described.getString("column_name");
                columns.add(new ParquetColumn(name, "c" + index, described.getString("column_type")));
            }
        }
        return columns;
    }

    /** The names of the top-level columns; the schema lists the tree in depth-first order, its root first. */
    private static List<String> names(Statement statement, Path path) throws SQLException {
        List<String> names = new ArrayList<>();
        String query = "SELECT name, coalesce(num_children, 0) FROM parquet_schema(" + quoted(path) + ")";
        try (ResultSet schema = statement.executeQuery(query)) {
            schema.next();
            long open = 0;
            while (schema.next()) {
                if (open == 0) {
                    names.add(schema.getString(1));
                    open = 1;
                }
                open += schema.getLong(2) - 1;
            }
        }
        return names;
    }

    /**
     * Writes the objects of a JSONL file as rows.
     *
     * @param columns names and their types in SQL; a key that an object lacks becomes a null
     */
    public static void write(Path jsonLines, Map<String, String> columns, Path file) {
        String types = columns.entrySet().stream()
                .map(column -> quoted(column.getKey()) + ": " + quoted(column.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
        String copy = "COPY (SELECT * FROM read_json(" + quoted(jsonLines)
                + ", format='newline_delimited', columns=" + types + ", maximum_object_size=1073741824)) TO "
                + quoted(file) + " (FORMAT parquet, COMPRESSION zstd)";
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(copy);
        } catch (SQLException e) {
            throw new RunFailedException(file + ": could not be written as Parquet: " + firstLine(e), e);
        }
    }

    private static Connection connect() throws SQLException {
        OptionalLibrary.DUCKDB.require();
        Properties properties = new Properties();
        properties.setProperty("threads", "1");
        properties.setProperty("jdbc_stream_results", "true");
        properties.setProperty("autoinstall_known_extensions", "false");
        return DriverManager.getConnection("jdbc:duckdb:", properties);
    }

    private static String source(Path path) {
        return "read_parquet(" + quoted(path) + ", hive_partitioning=false, union_by_name=false)";
    }

    private static String quoted(Path file) {
        return quoted(file.toAbsolutePath().toString());
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static String firstLine(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("an unknown error");
    }

    /**
     * A link to a file under a plain name, because DuckDB interprets paths as patterns ({@code *}, {@code ?},
     * {@code [}).
     */
    private record NamedCopy(Path folder, Path path) implements AutoCloseable {
        static NamedCopy of(Path file) throws IOException {
            Path folder = Files.createTempDirectory("attune");
            Path path = folder.resolve("rows.parquet");
            try {
                Files.createSymbolicLink(path, file.toRealPath());
            } catch (UnsupportedOperationException | IOException e) {
                Files.copy(file, path);
            }
            return new NamedCopy(folder, path);
        }

        @Override
        public void close() throws IOException {
            Files.deleteIfExists(path);
            Files.deleteIfExists(folder);
        }
    }
}
