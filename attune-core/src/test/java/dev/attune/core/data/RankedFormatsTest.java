package dev.attune.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.feedback.PairOptions;
import dev.attune.core.feedback.Preference;
import dev.attune.core.feedback.Ranking;
import dev.attune.core.feedback.RankingPairs;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks and rankings in Attune's formats, written to every container and read again. */
class RankedFormatsTest {
    private static final List<Ranking.Completion> COMPLETIONS = List.of(
            new Ranking.Completion("one, \"two\"\nthree", "base"),
            new Ranking.Completion("漢字", null),
            new Ranking.Completion("c", null));

    /** Names and values as other tools write them. */
    private static final Map<String, Object> SAMPLING = sampling();

    private static Map<String, Object> sampling() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("temperature", 0.7);
        settings.put("top_p", 0.95);
        settings.put("max_new_tokens", 64);
        settings.put("seed", 12345678901L);
        settings.put("stop", List.of("\n\n", "漢"));
        settings.put("engine", Map.of("name", "\"odd\"", "greedy", false));
        return settings;
    }

    private static final List<Ranking> RANKINGS = List.of(
            new Ranking(
                    "r1",
                    Prompt.text("p"),
                    COMPLETIONS,
                    "helpful",
                    List.of(List.of(2), List.of(0, 1)),
                    List.of(),
                    "ann",
                    "1",
                    "2026-01-01T00:00:00Z"),
            new Ranking(
                    "r2",
                    Prompt.chat(new Message("system", "s"), Message.user("u")),
                    COMPLETIONS,
                    "harmless",
                    List.of(List.of(1)),
                    List.of(0, 2),
                    "bob",
                    null,
                    null,
                    true));

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"a.jsonl", "a.json", "a.csv", "a.parquet", "a.jsonl.gz", "a.parquet.gz"})
    void rankingsComeBackFromEveryContainer(String name) {
        Path file = folder.resolve(name);
        assertThat(RowFiles.write(
                        file,
                        RANKINGS.stream()
                                .map(ranking -> new Row.RankingRow(0, ranking))
                                .toList()))
                .isEqualTo(2);
        assertThat(Dataset.read(file, ReadOptions.defaults()).rankings()).isEqualTo(RANKINGS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.jsonl", "a.csv", "a.parquet"})
    void preferencesComeBackWithTheirOrigin(String name) {
        List<Preference> pairs = RankingPairs.derive(RANKINGS, PairOptions.defaults());
        assertThat(pairs).hasSize(2);
        Path file = folder.resolve(name);
        RowFiles.write(
                file, pairs.stream().map(pair -> new Row.PreferenceRow(0, pair)).toList());
        assertThat(Dataset.read(file, ReadOptions.defaults()).preferences()).isEqualTo(pairs);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.jsonl", "a.csv", "a.parquet", "a.jsonl.gz"})
    void tasksComeBackFromEveryContainer(String name) {
        List<Row.TaskRow> rows = List.of(
                new Row.TaskRow(1, Prompt.text("p"), COMPLETIONS),
                new Row.TaskRow(2, Prompt.chat(Message.user("u")), COMPLETIONS.subList(1, 3)));
        Path file = folder.resolve(name);
        RowFiles.write(file, rows);
        Dataset read = Dataset.read(file, ReadOptions.defaults());
        assertThat(read.format()).isEqualTo(DataFormat.TASKS);
        List<Row.TaskRow> back = read.rowsOf(Row.TaskRow.class);
        assertThat(back)
                .extracting(Row::prompt)
                .containsExactly(rows.get(0).prompt(), rows.get(1).prompt());
        assertThat(back.get(0).completions()).isEqualTo(rows.get(0).completions());
        assertThat(back.get(1).completions()).isEqualTo(rows.get(1).completions());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.jsonl", "a.json", "a.csv", "a.parquet"})
    void howACompletionWasDrawnComesBackFromEveryContainer(String name) {
        List<Row.TaskRow> rows = List.of(
                new Row.TaskRow(1, Prompt.text("p"), COMPLETIONS),
                new Row.TaskRow(
                        2,
                        Prompt.text("q"),
                        List.of(COMPLETIONS.get(0), new Ranking.Completion("drawn", "ours", SAMPLING))));
        Path file = folder.resolve(name);
        RowFiles.write(file, rows);
        List<Row.TaskRow> back = Dataset.read(file, ReadOptions.defaults()).rowsOf(Row.TaskRow.class);
        assertThat(back.get(0).completions()).isEqualTo(COMPLETIONS);
        assertThat(back.get(1).completions()).isEqualTo(rows.get(1).completions());
        Path again = folder.resolve("again.jsonl");
        RowFiles.write(again, back);
        Path straight = folder.resolve("straight.jsonl");
        RowFiles.write(straight, rows);
        assertThat(again).hasSameBinaryContentAs(straight);
    }

    @Test
    void whatIsNoSamplingIsAFault() throws IOException {
        ReadOptions strict = ReadOptions.defaults().withOnFault(OnFault.FAIL);
        String row = "{\"prompt\": \"p\", \"completions\": [\"a\", {\"text\": \"b\", \"sampling\": %s}]}\n";
        for (String nothing : List.of("null", "{}", "\" \"")) {
            Path file = Files.writeString(folder.resolve("t.jsonl"), row.formatted(nothing));
            assertThat(Dataset.read(file, strict)
                            .rowsOf(Row.TaskRow.class)
                            .get(0)
                            .completions())
                    .contains(new Ranking.Completion("b", null));
        }
        for (String wrong : List.of("0.7", "[0.7]", "\"hot\"")) {
            Path file = Files.writeString(folder.resolve("t.jsonl"), row.formatted(wrong));
            assertThatThrownBy(() -> Dataset.read(file, strict))
                    .as(wrong)
                    .hasMessageContaining("t.jsonl:1, key 'sampling': found ")
                    .hasMessageContaining("expected an object");
        }
        Path half = Files.writeString(folder.resolve("t.jsonl"), row.formatted("{\"stop\": \"\\ud800\"}"));
        assertThatThrownBy(() -> Dataset.read(half, strict)).hasMessageContaining("half a surrogate pair");
    }

    @Test
    void tasksAreTakenOutOfRankings() throws IOException {
        Path rankings = folder.resolve("r.jsonl");
        RowFiles.write(
                rankings,
                RANKINGS.stream().map(ranking -> new Row.RankingRow(0, ranking)).toList());
        Path tasks = folder.resolve("t.jsonl");
        DatasetConverter.convert(rankings, ReadOptions.defaults(), tasks, DataFormat.TASKS);
        assertThat(Files.readAllLines(tasks).get(0))
                .isEqualTo(
                        "{\"prompt\":\"p\",\"completions\":[{\"text\":\"one, \\\"two\\\"\\nthree\",\"model\":\"base\"},"
                                + "{\"text\":\"漢字\",\"model\":null},{\"text\":\"c\",\"model\":null}]}");
    }

    @Test
    void aCompletionWithoutTextIsAFaultWithItsLine() throws IOException {
        Path file = Files.writeString(
                folder.resolve("t.jsonl"),
                "{\"prompt\": \"p\", \"completions\": [\"a\", \"b\"]}\n{\"prompt\": \"p\", \"completions\": [\"a\", 7]}\n");
        ReadOptions strict = ReadOptions.defaults().withOnFault(OnFault.FAIL);
        assertThatThrownBy(() -> Dataset.read(file, strict))
                .hasMessageContaining("t.jsonl:2, key 'completions[1]': found 7, expected a text");
    }
}
