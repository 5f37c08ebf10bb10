package dev.attune.core.data.parquet;

import dev.attune.core.error.BadInputException;
import dev.attune.core.error.OptionalLibrary;
import dev.attune.core.error.RunFailedException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** Reads and writes Parquet files. */
public final class ParquetFiles {
    /** Takes the rows of a file. */
    @FunctionalInterface
    public interface RowHandler {
        /** Takes one row as a JSON object, numbered from 1; answers whether to go on. */
        boolean row(long number, String json);
    }

    private ParquetFiles() {}

    /** Hands over the rows in the order of the file. */
    public static void read(Path file, RowHandler handler) {
        String query = "SELECT CAST(to_json(t) AS VARCHAR) FROM read_parquet(" + path(file) + ") AS t";
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            for (long number = 1; rows.next(); number++) {
                if (!handler.row(number, rows.getString(1))) {
                    return;
                }
            }
        } catch (SQLException e) {
            throw BadInputException.at(file.toString(), firstLine(e), "a Parquet file", "check the file");
        }
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
        String copy = "COPY (SELECT * FROM read_json(" + path(jsonLines) + ", format='newline_delimited', columns="
                + types + ", maximum_object_size=1073741824)) TO " + path(file) + " (FORMAT parquet, COMPRESSION zstd)";
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

    private static String path(Path file) {
        return quoted(file.toAbsolutePath().toString());
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static String firstLine(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("an unknown error");
    }
}
