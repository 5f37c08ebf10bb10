package dev.attune.core.data;

import static dev.attune.core.data.DatasetFormatsTest.json;
import static dev.attune.core.reward.steps.StepLabel.CORRECT;
import static dev.attune.core.reward.steps.StepLabel.MASKED;
import static dev.attune.core.reward.steps.StepLabel.WRONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.error.BadInputException;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StepsFormatTest {
    private static final String GOOD = "{'prompt':'p','steps':['a'],'labels':[true]}";

    @TempDir
    Path folder;

    private Dataset read(OnFault onFault, String... lines) throws IOException {
        Path file = Files.writeString(folder.resolve("s.jsonl"), json(String.join("\n", lines)) + "\n");
        return Dataset.read(file, ReadOptions.defaults().withOnFault(onFault));
    }

    @Test
    void stepsAreDetectedUnderBothNames() throws IOException {
        Dataset data = read(
                OnFault.FAIL,
                "{'prompt':'p','steps':['a','b','c'],'labels':[true,null,false]}",
                "{'prompt':[{'role':'user','content':'hi'}],'completions':['a'],'labels':[false]}");
        assertThat(data.format()).isEqualTo(DataFormat.STEPS);
        assertThat(data.rowsOf(Row.StepsRow.class))
                .containsExactly(
                        new Row.StepsRow(1, Prompt.text("p"), List.of("a", "b", "c"), List.of(CORRECT, MASKED, WRONG)),
                        new Row.StepsRow(2, Prompt.chat(Message.user("hi")), List.of("a"), List.of(WRONG)));
        assertThat(data.report().unusedKeys()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'steps':['a','b'],'labels':[true] | key 'labels': found 1 labels for 2 steps",
                "'steps':[],'labels':[] | key 'steps': found no steps",
                "'steps':['a',' '],'labels':[true,true] | key 'steps[1]': found an empty step",
                "'steps':['a','b'],'labels':[true,-100] | key 'labels[1]': found -100",
                "'steps':['a'],'labels':['+'] | key 'labels[0]': found the text",
                "'completions':['a',3],'labels':[true,true] | key 'completions[1]': found 3"
            })
    void faultsNameTheLineAndTheKey(String keys, String message) throws IOException {
        String row = "{'prompt':'p'," + keys + "}";
        assertThatThrownBy(() -> read(OnFault.FAIL, GOOD, row))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("s.jsonl:2, " + message);
        Dataset kept = read(OnFault.DROP, GOOD, row);
        assertThat(kept.report().faulty()).isEqualTo(1);
        assertThat(kept.rows()).hasSize(1);
    }

    @Test
    void oneOutcomePerSolutionLabelsItsSteps() throws IOException {
        Dataset data = read(
                OnFault.FAIL,
                "{'question':'q','ground_truth':'x','small':{'is_correct':true,'solution':'a\\nb\\n'},"
                        + "'large':{'is_correct':false,'solution':'c\\n\\nd\\ne'}}");
        assertThat(data.format()).isEqualTo(DataFormat.GSM8K_SOLUTIONS);
        assertThat(data.rowsOf(Row.StepsRow.class))
                .containsExactly(
                        new Row.StepsRow(1, Prompt.text("q"), List.of("a", "b"), List.of(CORRECT, CORRECT)),
                        new Row.StepsRow(1, Prompt.text("q"), List.of("c", "d", "e"), List.of(MASKED, MASKED, WRONG)));
        assertThatThrownBy(() -> read(OnFault.FAIL, "{'question':'q','m':{'is_correct':'yes','solution':'a'}}"))
                .hasMessageContaining("s.jsonl:1, key 'm.is_correct': found \"yes\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.jsonl", "a.csv", "a.parquet"})
    void outcomesAreConvertedToSteps(String name) throws IOException {
        Path from = Files.writeString(
                folder.resolve("m.jsonl"), json("{'question':'q','m':{'is_correct':false,'solution':'a\\nb'}}") + "\n");
        Path to = folder.resolve(name);
        DatasetConverter.convert(from, ReadOptions.defaults(), to, DataFormat.STEPS);
        Row.StepsRow row = Dataset.read(to, ReadOptions.defaults())
                .rowsOf(Row.StepsRow.class)
                .get(0);
        assertThat(row.steps()).containsExactly("a", "b");
        assertThat(row.labels()).containsExactly(MASKED, WRONG);
    }

    @Test
    void otherRowsAreNoSteps() throws IOException {
        Dataset prompts = read(OnFault.FAIL, "{'prompt':'p'}");
        assertThatThrownBy(() -> prompts.rowsOf(Row.StepsRow.class)).hasMessageContaining("expected steps");
        // completions without a list of labels are still tasks
        assertThat(read(OnFault.FAIL, "{'prompt':'p','completions':['a','b']}").format())
                .isEqualTo(DataFormat.TASKS);
    }
}
