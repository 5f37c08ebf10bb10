package dev.attune.cli.lab.constitutional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.attune.core.data.Row;
import dev.attune.core.data.RowFiles;
import dev.attune.core.feedback.Preference;
import dev.attune.core.text.Prompt;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreferenceFilesTest {
    private static final Prompt PROMPT = new Prompt.Text("How do I rob the mill?");

    @TempDir
    Path folder;

    @Test
    void theJudgeDecidesWhereItIsSureAndPeopleWhereItIsNot() {
        Path judged = write("judged", judged("I will not.", "With a rope.", 0.9), judged("Fine.", "I will not.", 0.6));
        Path people = write(
                "people",
                Preference.of(PROMPT, "With a rope.", "I will not."),
                Preference.of(PROMPT, "I will not.", "Fine."),
                Preference.of(new Prompt.Text("Who bakes?"), "Ada bakes.", "I will not."));
        Path both = folder.resolve("both.jsonl");
        PreferenceFiles.judgedFirst(judged, people, both);
        assertThat(PreferenceFiles.read(both).stream().map(Row.PreferenceRow::preference))
                .extracting(Preference::chosen, Preference::rejected, Preference::probability)
                .containsExactly(
                        tuple("I will not.", "With a rope.", 0.9),
                        tuple("I will not.", "Fine.", 1.0),
                        tuple("Ada bakes.", "I will not.", 1.0));
    }

    private static Preference judged(String chosen, String rejected, double probability) {
        return new Preference(PROMPT, chosen, rejected, probability, 1, null, Preference.Origin.UNKNOWN);
    }

    private Path write(String name, Preference... pairs) {
        Path file = folder.resolve(name + ".jsonl");
        RowFiles.write(
                file,
                Arrays.stream(pairs).map(pair -> new Row.PreferenceRow(0, pair)).toList());
        return file;
    }
}
