package dev.attune.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.error.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedRowsTest {
    @TempDir
    private Path folder;

    private List<NamedRow> rows(String name, String content) throws IOException {
        return NamedRows.read(Files.writeString(folder.resolve(name), content));
    }

    @Test
    void aTextFileHasAPromptALine() throws IOException {
        List<NamedRow> rows = rows("prompts.txt", "Pick a lock.\n\n  Say hello.  \n");

        assertThat(rows).extracting(row -> row.text("prompt")).containsExactly("Pick a lock.", "Say hello.");
        assertThat(rows).extracting(NamedRow::line).containsExactly(1L, 3L);
    }

    @Test
    void columnsAreNamedByTheCaller() throws IOException {
        List<NamedRow> csv = rows("goals.csv", "Goal,Category\n\"Lie, please\",fraud\nSteal,\n");
        List<NamedRow> json = rows("rows.jsonl", "{\"goal\": 7, \"deep\": [1], \"none\": null}\n");

        assertThat(csv.get(0).text("Goal")).isEqualTo("Lie, please");
        assertThat(csv.get(1).optionalText("Category")).isEmpty();
        assertThat(json.get(0).text("goal")).isEqualTo("7");
        assertThat(json.get(0).optionalText("deep")).isEmpty();
        assertThat(json.get(0).optionalText("none")).isEmpty();
    }

    @Test
    void aMissingColumnIsNamedWithThoseThatAreThere() throws IOException {
        NamedRow row = rows("rows.jsonl", "{\"b\": \"x\", \"a\": \"y\"}\n").get(0);

        assertThatThrownBy(() -> row.text("prompt"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("rows.jsonl:1")
                .hasMessageContaining("no text in the column 'prompt'")
                .hasMessageContaining("one of a, b");
    }

    @Test
    void faultyAndEmptyFilesAreRefused() {
        assertThatThrownBy(() -> rows("rows.jsonl", "{\"a\": 1}\n{\"a\": \n"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("rows.jsonl:2");
        assertThatThrownBy(() -> rows("empty.txt", "\n\n"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("no rows");
        assertThatThrownBy(() -> NamedRows.read(folder.resolve("absent.jsonl")))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("no such file");
    }
}
