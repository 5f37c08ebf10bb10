package dev.attune.core.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.core.reward.steps.StepLabel;
import dev.attune.core.text.Prompt;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Counts of real files. The expected figures were counted with a separate script. */
@Tag("shared")
class SharedDatasetsTest {
    private static final Path DATA =
            Path.of(System.getProperty("attune.shared")).resolve("data");

    @Test
    void readsHumanPreferencesOverDialogues() {
        Dataset train = Dataset.read(DATA.resolve("hh-harmless/train.jsonl.gz"), ReadOptions.defaults());
        DatasetReport report = train.report();
        assertThat(report.format()).isEqualTo(DataFormat.DIALOGUES);
        assertThat(report.container()).isEqualTo(Container.JSONL);
        assertThat(report.gzip()).isTrue();
        assertThat(report.rows()).isEqualTo(1700);
        assertThat(report.used()).isEqualTo(1693);
        assertThat(report.faults()).isEqualTo(Map.of(Fault.Kind.EMPTY_COMPLETION, 4L, Fault.Kind.DIALOGUES_PART, 3L));
        assertThat(report.examples())
                .extracting(Fault::line)
                .containsExactly(317L, 448L, 1003L, 1011L, 1087L, 1174L, 1206L);
        assertThat(train.preferences()).hasSize(1693);
        assertThat(train.preferences().get(0).chosen()).startsWith("I don’t have personal addresses");
    }

    @Test
    void keepsFaultyRowsOnRequest() {
        Dataset train = Dataset.read(
                DATA.resolve("hh-harmless/train.jsonl.gz"),
                ReadOptions.defaults().withOnFault(OnFault.KEEP));
        assertThat(train.report().used()).isEqualTo(1700);
        assertThat(train.report().faulty()).isEqualTo(7);
        assertThat(train.rows()).hasSize(1700);
    }

    @Test
    void countsOverlongPromptsThroughTheCallback() {
        PromptLimit limit = new PromptLimit(100, prompt -> prompt.messages().stream()
                .mapToInt(message -> message.content().strip().split("\\s+").length)
                .sum());
        Dataset train = Dataset.read(
                DATA.resolve("hh-harmless/train.jsonl.gz"),
                ReadOptions.defaults().withRowCheck(limit));
        assertThat(train.report().count(Fault.Kind.OVERLONG_PROMPT)).isEqualTo(484);
        assertThat(train.report().used()).isEqualTo(1209);
    }

    @Test
    void readsStoryPairs() {
        Dataset pairs = Dataset.read(DATA.resolve("stories/pairs.jsonl"), ReadOptions.defaults());
        assertThat(pairs.format()).isEqualTo(DataFormat.PREFERENCES);
        assertThat(pairs.report().rows()).isEqualTo(400);
        assertThat(pairs.report().used()).isEqualTo(400);
        assertThat(pairs.report().gzip()).isFalse();
        assertThat(pairs.prompts().stream().distinct()).hasSize(80);
        assertThat(pairs.preferences().get(0).prompt()).isEqualTo(new Prompt.Text("Max went to the park."));
        assertThat(pairs.preferences().get(0).rejected()).startsWith(" He saw a big bathroom");
    }

    @Test
    void readsWordProblems() {
        Dataset train = Dataset.read(DATA.resolve("gsm8k/train.jsonl.gz"), ReadOptions.defaults());
        assertThat(train.format()).isEqualTo(DataFormat.PROMPT_COMPLETION);
        assertThat(train.report().used()).isEqualTo(7473);
        assertThat(train.report().faults()).isEmpty();
        Dataset test = Dataset.read(DATA.resolve("gsm8k/test.jsonl.gz"), ReadOptions.defaults());
        assertThat(test.report().used()).isEqualTo(660);
        assertThat(test.rowsOf(Row.CompletionRow.class).get(0).completion()).endsWith("#### 18");
        Dataset solutions = Dataset.read(DATA.resolve("gsm8k/model_solutions.jsonl.gz"), ReadOptions.defaults());
        assertThat(solutions.format()).isEqualTo(DataFormat.GSM8K_SOLUTIONS);
        assertThat(solutions.report().used()).isEqualTo(660);
        assertThat(solutions.rows()).hasSize(2640);
        assertThat(solutions.report().faults()).isEmpty();
        Row.StepsRow first = solutions.rowsOf(Row.StepsRow.class).get(0);
        assertThat(first.steps()).hasSize(3).last().isEqualTo("A: 26");
        assertThat(first.labels()).containsExactly(StepLabel.MASKED, StepLabel.MASKED, StepLabel.WRONG);
    }
}
