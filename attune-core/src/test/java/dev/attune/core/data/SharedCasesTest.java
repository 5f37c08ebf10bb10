package dev.attune.core.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.core.feedback.Preference;
import dev.attune.core.feedback.Ranking;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The shared cases of files that were read with a wrong meaning before. */
@Tag("shared")
class SharedCasesTest {
    private static final Path CASES =
            Path.of(System.getProperty("attune.shared")).resolve("cases");
    private static final ReadOptions STRICT = ReadOptions.defaults().withOnFault(OnFault.FAIL);
    private static final Prompt FRUIT = Prompt.chat(Message.user("Name a fruit"));

    private static Dataset read(String file) {
        return Dataset.read(CASES.resolve(file), STRICT);
    }

    @Test
    void contextColumnsBelongToThePrompt() {
        assertThat(read("F01-context-columns/alpaca_pref.jsonl").preferences())
                .containsExactly(
                        Preference.of(
                                Prompt.text("Translate into German\n\nThe cat sleeps."),
                                "Die Katze schläft.",
                                "Katze."),
                        Preference.of(
                                Prompt.text("Translate into German\n\nThe dog runs."), "Der Hund rennt.", "Hund."));
        assertThat(DatasetInspector.inspect(CASES.resolve("F01-context-columns/ap2.jsonl"), STRICT, null)
                        .distinctPrompts())
                .isEqualTo(2);
        Dataset dolly = read("F01-context-columns/dolly.jsonl");
        assertThat(dolly.prompts()).containsOnly(Prompt.text("Who founded it?\n\nAcme was founded by Ada."));
        assertThat(dolly.report().unusedKeys()).containsExactly(Map.entry("category", 2L));
        assertThat(read("F01-context-columns/orca.jsonl").prompts())
                .hasSize(3)
                .containsOnly(Prompt.chat(
                        new Message("system", "You answer in French only."), Message.user("What colour is grass?")));
    }

    @Test
    void dialoguesBesideAPromptAreReadOnce() {
        assertThat(read("F02-prompt-beside-dialogue/sysinchosen.jsonl").preferences())
                .containsExactly(Preference.of(
                        Prompt.chat(new Message("system", "Be nice"), Message.user("Name a fruit")), "Apple", "Car"));
    }

    @Test
    void listsAsPythonPrintsThemAreMessages() {
        Preference pair = Preference.of(FRUIT, "Apple", "It's a car");
        assertThat(read("F03-csv-python-repr/repr.csv").preferences()).containsExactly(pair, pair);
    }

    @Test
    void parquetOfAnyColumnsAndNamesIsRead() {
        assertThat(read("F04-parquet-nan/nan.parquet").rows()).hasSize(2);
        assertThat(read("F05-parquet-column-t/colt.parquet").preferences())
                .containsExactly(
                        Preference.of(Prompt.text("p one"), "good one", "bad one"),
                        Preference.of(Prompt.text("p two"), "good two", "bad two"));
        List<Preference> named =
                read("F06-parquet-path-as-pattern/pairs[1].parquet").preferences();
        assertThat(named)
                .isNotEmpty()
                .doesNotContainAnyElementsOf(
                        read("F06-parquet-path-as-pattern/pairs1.parquet").preferences());
    }

    @Test
    void labelStudioModelsAreNoCompletions() {
        Ranking ranking =
                read("F10-label-studio-pairwise-keys/ls_models.json").rankings().get(0);
        assertThat(ranking.completions())
                .containsExactly(new Ranking.Completion("Apple", "m-one"), new Ranking.Completion("Car", "m-two"));
        assertThat(ranking.order()).containsExactly(List.of(0), List.of(1));
        assertThat(ranking.prompt()).isEqualTo(Prompt.text("Name a fruit"));
    }
}
