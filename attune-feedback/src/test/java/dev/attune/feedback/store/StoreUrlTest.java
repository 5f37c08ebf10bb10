package dev.attune.feedback.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.error.BadInputException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoreUrlTest {
    @ParameterizedTest
    @CsvSource({
        "studio.db, jdbc:sqlite:studio.db",
        "sqlite:/tmp/a b.db, jdbc:sqlite:/tmp/a b.db",
        "jdbc:sqlite:x, jdbc:sqlite:x",
        "postgresql://ann:s%3Acret@db.example:5433/studio, "
                + "jdbc:postgresql://db.example:5433/studio?user=ann&password=s%3Acret",
        "postgres://db.example/studio?sslmode=require, jdbc:postgresql://db.example/studio?sslmode=require",
        "jdbc:postgresql://h/d, jdbc:postgresql://h/d",
    })
    void addressesBecomeJdbc(String text, String jdbc) {
        assertThat(StoreUrl.parse(text).jdbc()).isEqualTo(jdbc);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mysql://h/d", "postgresql://h", "sqlite:", "postgresql:// /"})
    void othersAreRefused(String text) {
        assertThatThrownBy(() -> StoreUrl.parse(text)).isInstanceOf(BadInputException.class);
    }

    @Test
    void aPasswordIsNeverPrinted() {
        assertThatThrownBy(() -> StoreUrl.parse("postgresql://ann:secret@host"))
                .message()
                .doesNotContain("secret");
    }

    @Test
    void aFileThatIsNoDatabaseIsRefusedInOneLine(@TempDir Path folder) throws Exception {
        Path file = java.nio.file.Files.writeString(folder.resolve("notes.txt"), "no database\n".repeat(200));
        assertThatThrownBy(() -> Store.open(StoreUrl.parse(file.toString())))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("notes.txt")
                .message()
                .doesNotContain("\n");
    }
}
