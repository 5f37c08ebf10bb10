package dev.attune.feedback.redteam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.error.BadInputException;
import dev.attune.core.text.PlainWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeedsTest {
    @TempDir
    private Path folder;

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void theBuiltInSeedsAreManyAndDistinct() {
        List<Seed> seeds = Seeds.read(SeedSource.of(Seeds.BUILT_IN));
        Map<String, Long> byCategory =
                seeds.stream().collect(Collectors.groupingBy(Seed::category, Collectors.counting()));

        assertThat(byCategory).hasSize(12).allSatisfy((category, count) -> assertThat(count)
                .isEqualTo(12));
        assertThat(seeds).extracting(seed -> PlainWords.of(seed.request())).doesNotHaveDuplicates();
        assertThat(seeds)
                .allSatisfy(seed ->
                        assertThat(seed.request()).hasSizeBetween(20, 90).doesNotContain("\n"));
        assertThat(seeds.get(143).number()).isEqualTo(144);
    }

    @Test
    void readsRequestsPerCategory() {
        assertThat(Seeds.parse("s.yaml", "fraud:\n  - Sell air.\n  - sell AIR!\ntheft:\n  - Take a coat.\n"))
                .containsExactly(new Seed(1, "fraud", "Sell air."), new Seed(2, "theft", "Take a coat."));
    }

    @Test
    void readsATextALineAndNamedColumns() throws IOException {
        assertThat(Seeds.read(SeedSource.of(file("a.txt", "Sell air.\n\nTake a coat.\n"))))
                .containsExactly(
                        new Seed(1, Seed.NO_CATEGORY, "Sell air."), new Seed(2, Seed.NO_CATEGORY, "Take a coat."));
        String csv = file("b.csv", "id,Goal,Kind\n7,\"Sell air, please.\",fraud\n8,Take a coat.,\n");
        assertThat(Seeds.read(new SeedSource(csv, "Goal", "Kind")))
                .containsExactly(
                        new Seed(1, "fraud", "Sell air, please."), new Seed(2, Seed.NO_CATEGORY, "Take a coat."));
        String lines = file("c.jsonl", "{\"prompt\": \"Sell air.\", \"category\": \"fraud\"}\n");
        assertThat(Seeds.read(SeedSource.of(lines))).containsExactly(new Seed(1, "fraud", "Sell air."));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            - Sell air.             | s.yaml: found no categories, expected a list of requests per category
            fraud: Sell air.        | s.yaml:1: found 'Sell air.' for 'fraud', expected a list of requests per category
            fraud: []               | s.yaml:1: found a list for 'fraud'
            fraud: [Sell air., [a]] | s.yaml:1: found a list among the requests of 'fraud'
            fraud: ['']             | s.yaml:1: found '' among the requests of 'fraud'
            """)
    void saysWhatIsWrongWithAFileOfSeeds(String text, String message) {
        assertThatThrownBy(() -> Seeds.parse("s.yaml", text))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(message);
    }

    @Test
    void saysWhatIsWrongWithATable() throws IOException {
        String csv = file("b.csv", "id,goal\n7,Sell air.\n");
        assertThatThrownBy(() -> Seeds.read(SeedSource.of(csv)))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(csv)
                .hasMessageContaining("'prompt'")
                .hasMessageContaining("goal");
        assertThatThrownBy(() ->
                        Seeds.read(SeedSource.of(folder.resolve("none.yaml").toString())))
                .hasMessageContaining("found no such file, expected seeds, or 'built-in'");
    }

    @Test
    void aLimitTakesFromEachCategoryInTurn() {
        List<Seed> seeds = List.of(
                new Seed(1, "a", "one"),
                new Seed(2, "a", "two"),
                new Seed(3, "a", "three"),
                new Seed(4, "b", "four"),
                new Seed(5, "b", "five"));

        assertThat(Seeds.spread(seeds, 3)).extracting(Seed::number).containsExactly(1, 2, 4);
        assertThat(Seeds.spread(seeds, 9)).isEqualTo(seeds);
    }
}
