package dev.attune.core.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.core.feedback.Preference;
import dev.attune.core.feedback.Ranking;
import dev.attune.core.reward.steps.StepLabel;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that were written and read again are equal, in every format and container. */
class RoundTripTest {
    private static final int ROWS = 40;
    private static final List<String> TEXTS = List.of(
            "plain",
            "two\nlines",
            "  blanks ",
            "a, b; c\td",
            "it's \"it\"",
            "größe 😀",
            "[1, 2]",
            "null",
            "true",
            "3.0",
            "\\n");

    @TempDir
    Path folder;

    private final Random random = new Random(11);

    private String text() {
        return TEXTS.get(random.nextInt(TEXTS.size())) + random.nextInt(100);
    }

    private List<Map<String, @Nullable Object>> tools() {
        return random.nextInt(3) > 0
                ? List.of()
                : List.of(Map.of("type", "function", "function", Map.of("name", text(), "parameters", Map.of())));
    }

    private List<Message> turns(boolean answered) {
        List<Message> messages = new ArrayList<>();
        if (random.nextBoolean()) {
            messages.add(new Message("system", text()));
        }
        messages.add(Message.user(text()));
        if (random.nextBoolean()) {
            Map<String, @Nullable Object> call = Map.of("type", "function", "function", Map.of("name", text()));
            messages.add(new Message("assistant", "", Map.of("tool_calls", List.of(call), "weight", 0)));
            messages.add(new Message("tool", text(), Map.of("name", text())));
        }
        if (answered) {
            messages.add(
                    random.nextBoolean()
                            ? Message.assistant(text())
                            : new Message("assistant", text(), Map.of("reasoning_content", text())));
        }
        return messages;
    }

    private Prompt prompt() {
        return random.nextBoolean() ? Prompt.text(text()) : new Prompt.Chat(turns(false), tools());
    }

    private StepLabel label() {
        return StepLabel.values()[random.nextInt(3)];
    }

    private Row row(DataFormat format, long line) {
        return switch (format) {
            case PROMPTS -> new Row.PromptRow(line, prompt());
            case PROMPT_COMPLETION -> new Row.CompletionRow(line, prompt(), text());
            case LABELS -> new Row.LabelRow(line, prompt(), text(), random.nextInt(5) / 4.0);
            case MESSAGES, SHAREGPT -> new Row.MessagesRow(line, turns(true), tools());
            case DIALOGUES ->
                new Row.PreferenceRow(
                        line,
                        Preference.of(new Prompt.Chat(turns(false), tools()), text() + "\n\nHuman: +", text() + "-"));
            case PREFERENCES -> new Row.PreferenceRow(line, Preference.of(prompt(), text() + "+", text() + "-"));
            case STEPS ->
                new Row.StepsRow(
                        line, prompt(), List.of(text(), text(), text()), List.of(label(), label(), StepLabel.CORRECT));
            case TASKS ->
                new Row.TaskRow(
                        line,
                        prompt(),
                        List.of(new Ranking.Completion(text(), "m"), new Ranking.Completion(text(), null)));
            default ->
                new Row.RankingRow(
                        line,
                        new Ranking(
                                "r" + line,
                                prompt(),
                                List.of(new Ranking.Completion(text(), "m"), new Ranking.Completion(text(), null)),
                                "helpful",
                                List.of(List.of(1), List.of(0)),
                                List.of(),
                                "ann",
                                null,
                                null));
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.jsonl", "a.json", "a.csv", "a.parquet"})
    void everyFormatComesBack(String name) {
        for (DataFormat format : DataFormat.values()) {
            if (format.written() != format) {
                continue;
            }
            List<Row> rows = new ArrayList<>();
            for (long i = 1; i <= ROWS; i++) {
                rows.add(row(format, i));
            }
            Path first = folder.resolve("first-" + format.name() + "-" + name);
            RowFiles.write(first, rows);
            assertThat(read(first, rowFormat(format)))
                    .as(format + " in " + name)
                    .isEqualTo(rows);
            Path second = folder.resolve("second-" + format.name() + "-" + name);
            DatasetConverter.convert(first, ReadOptions.defaults(), second, format);
            assertThat(read(second, format))
                    .as(format + " converted in " + name)
                    .isEqualTo(rows);
        }
    }

    /** The format in which rows that are in memory are written: that of their kind. */
    private static DataFormat rowFormat(DataFormat format) {
        return switch (format) {
            case SHAREGPT -> DataFormat.MESSAGES;
            case DIALOGUES -> DataFormat.PREFERENCES;
            default -> format;
        };
    }

    private List<Row> read(Path file, DataFormat expected) {
        Dataset data = Dataset.read(file, ReadOptions.defaults().withOnFault(OnFault.FAIL));
        assertThat(data.format()).isEqualTo(expected);
        assertThat(data.report().unusedKeys()).isEmpty();
        List<Row> rows = new ArrayList<>();
        data.rows().forEach(row -> rows.add(numbered(row, rows.size() + 1L)));
        return rows;
    }

    /** The row with its number as its line: containers count lines in different ways. */
    private static Row numbered(Row row, long line) {
        if (row instanceof Row.PromptRow prompt) {
            return new Row.PromptRow(line, prompt.prompt());
        }
        if (row instanceof Row.CompletionRow completion) {
            return new Row.CompletionRow(line, completion.prompt(), completion.completion());
        }
        if (row instanceof Row.LabelRow label) {
            return new Row.LabelRow(line, label.prompt(), label.completion(), label.reward());
        }
        if (row instanceof Row.MessagesRow messages) {
            return new Row.MessagesRow(line, messages.messages(), messages.tools());
        }
        if (row instanceof Row.PreferenceRow pair) {
            return new Row.PreferenceRow(line, pair.preference());
        }
        if (row instanceof Row.StepsRow steps) {
            return new Row.StepsRow(line, steps.prompt(), steps.steps(), steps.labels());
        }
        if (row instanceof Row.TaskRow task) {
            return new Row.TaskRow(line, task.prompt(), task.completions());
        }
        return new Row.RankingRow(line, ((Row.RankingRow) row).ranking());
    }
}
