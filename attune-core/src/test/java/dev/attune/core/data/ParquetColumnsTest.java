package dev.attune.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.feedback.Preference;
import dev.attune.core.text.Prompt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parquet columns of every type, with any name, in files with any name. */
class ParquetColumnsTest {
    private static final ReadOptions DEFAULTS = ReadOptions.defaults();

    @TempDir
    Path folder;

    private Path parquet(String select) throws SQLException {
        Path file = folder.resolve("a.parquet");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("COPY (" + select + ") TO '" + file + "' (FORMAT parquet)");
        }
        return file;
    }

    private static String pair(String prompt) {
        return "'" + prompt + "' AS prompt, 'good' AS chosen, 'bad' AS rejected";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'nan'::DOUBLE",
                "'inf'::FLOAT",
                "['nan'::DOUBLE, '-inf'::DOUBLE]",
                "{'a': 'nan'::DOUBLE, 'b': [{'c': 'inf'::FLOAT}]}",
                "1.25::DECIMAL(18,2)",
                "170141183460469231731687303715884105727::HUGEINT",
                "TIMESTAMP '2024-01-02 03:04:05'",
                "TIMESTAMPTZ '2024-01-02 03:04:05+02'",
                "DATE '2024-01-02'",
                "TIME '03:04:05'",
                "INTERVAL 3 DAY",
                "'\\xAA\\x00b'::BLOB",
                "'4ac7a9e9-607c-4c8a-84f3-843f0191e3fd'::UUID",
                "MAP {'a': 1.5, 'b': 'nan'::DOUBLE}",
                "MAP {3: [TIMESTAMP '2024-01-02 03:04:05']}",
                "['x'::BLOB]",
                "{'when': DATE '2024-01-02', 'raw': 'x'::BLOB}",
                "'a'::ENUM ('a', 'b')",
                "[1, 2]::INTEGER[2]",
                "true",
                "NULL"
            })
    void columnsThatTheFormatDoesNotUseMayHaveAnyType(String value) throws SQLException {
        Dataset data = Dataset.read(parquet("SELECT " + pair("p") + ", " + value + " AS other"), DEFAULTS);
        assertThat(data.preferences()).containsExactly(Preference.of(Prompt.text("p"), "good", "bad"));
        assertThat(data.report().unusedKeys().keySet())
                .isEqualTo(value.equals("NULL") ? java.util.Set.of() : java.util.Set.of("other"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.5",
                "'nan'::DOUBLE",
                "TIMESTAMP '2024-01-02 03:04:05'",
                "DATE '2024-01-02'",
                "'abc'::BLOB",
                "INTERVAL 3 DAY",
                "MAP {'a': 'b'}",
                "{'a': 'b'}"
            })
    void columnsOfTheFormatThatHoldNoTextAreFaults(String value) throws SQLException {
        Path file = parquet("SELECT 'p' AS prompt, " + value + " AS completion");
        Fault fault = DatasetInspector.inspect(file, DEFAULTS, null).faults().get(0);
        assertThat(fault.kind()).isEqualTo(Fault.Kind.WRONG_TYPE);
        assertThat(fault.key()).isEqualTo("completion");
        Path reward = parquet("SELECT 'p' AS prompt, 'c' AS completion, 'nan'::DOUBLE AS reward");
        assertThat(DatasetInspector.inspect(reward, DEFAULTS, null)
                        .faults()
                        .get(0)
                        .key())
                .isEqualTo("reward");
    }

    @Test
    void aTypeWithoutJsonIsNamed() throws SQLException {
        Path file = parquet("SELECT 'p' AS prompt, 'abc'::BLOB AS completion");
        assertThat(DatasetInspector.inspect(file, DEFAULTS, null)
                        .faults()
                        .get(0)
                        .found())
                .isEqualTo("a value of the column type BLOB (abc)");
    }

    @Test
    void timesAndDecimalRewardsAreRead() throws SQLException {
        Path rankings = parquet("SELECT 'p' AS prompt, ['a', 'b'] AS completions, [[1.0], [0.0]] AS \"order\","
                + " TIMESTAMP '2024-01-02 03:04:05' AS time, 7 AS id");
        assertThat(Dataset.read(rankings, DEFAULTS).rankings().get(0))
                .extracting(ranking -> ranking.time() + " " + ranking.id() + " " + ranking.order())
                .isEqualTo("2024-01-02 03:04:05 7 [[1], [0]]");
        Path labels = parquet("SELECT 'p' AS prompt, 'c' AS completion, 0.25::DECIMAL(8,3) AS reward");
        assertThat(Dataset.read(labels, DEFAULTS)
                        .rowsOf(Row.LabelRow.class)
                        .get(0)
                        .reward())
                .isEqualTo(0.25);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"t", "select", "parquet_rows", "c0", "a.b", "a b", "it's", "say \"hi\"", "größe", "*", "filename"
            })
    void columnsMayHaveAnyName(String name) throws SQLException {
        String quoted = '"' + name.replace("\"", "\"\"") + '"';
        Dataset data = Dataset.read(parquet("SELECT 'x' AS " + quoted + ", " + pair("p")), DEFAULTS);
        assertThat(data.preferences()).containsExactly(Preference.of(Prompt.text("p"), "good", "bad"));
        assertThat(data.report().unusedKeys()).containsOnlyKeys(name);
    }

    /** DuckDB writes no two columns that differ in case only, so the bytes of a name of the same length are replaced. */
    @Test
    void columnsMayDifferInCaseOnly() throws SQLException, IOException {
        Path file = parquet("SELECT 'x' AS twin12, 'p' AS prompt, 'good' AS chosen, 'bad' AS rejected");
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        Files.writeString(file, bytes.replace("twin12", "Prompt"), StandardCharsets.ISO_8859_1);
        Dataset data = Dataset.read(file, DEFAULTS);
        assertThat(data.preferences()).containsExactly(Preference.of(Prompt.text("p"), "good", "bad"));
        assertThat(data.report().unusedKeys()).containsOnlyKeys("Prompt");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pairs[1].parquet",
                "pairs*.parquet",
                "pairs?.parquet",
                "{a,b}.parquet",
                "it's \"it\".parquet",
                "größe 😀.parquet",
                "back\\slash.parquet",
                "k=v/pairs.parquet",
                "prompt=other/x.parquet/pairs.parquet",
                "**/a.parquet"
            })
    void filesMayHaveAnyName(String name) throws IOException, SQLException {
        Path original = parquet("SELECT " + pair("named"));
        Path file = folder.resolve("in").resolve(name);
        Files.createDirectories(file.getParent());
        Files.copy(original, file);
        Path others = parquet("SELECT " + pair("other"));
        for (String other : List.of("pairs1.parquet", "pairsx.parquet", "a.parquet", "b.parquet")) {
            Path twin = file.resolveSibling(other);
            if (Files.notExists(twin)) {
                Files.copy(others, twin);
            }
        }
        Dataset data = Dataset.read(file, DEFAULTS);
        assertThat(data.preferences()).containsExactly(Preference.of(Prompt.text("named"), "good", "bad"));
        assertThat(data.report().unusedKeys()).isEmpty();
        Path copy = file.resolveSibling("copy of " + file.getFileName());
        DatasetConverter.convert(file, DEFAULTS, copy, DataFormat.PREFERENCES);
        assertThat(Dataset.read(copy, DEFAULTS).preferences()).isEqualTo(data.preferences());
    }

    @Test
    void aFolderIsNoFile() throws IOException {
        Path directory = Files.createDirectories(folder.resolve("rows.parquet"));
        assertThatThrownBy(() -> Dataset.read(directory, DEFAULTS)).hasMessageContaining("found a folder");
    }
}
