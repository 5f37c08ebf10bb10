package dev.attune.cli;

import dev.attune.core.data.Row;
import dev.attune.core.error.BadInputException;
import dev.attune.core.reward.steps.StepText;
import dev.attune.core.text.PromptCompletion;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A completion of a dataset that a reward model scores.
 *
 * @param line the row's line
 * @param index the completion's index in its task, from 0; null if the row has one completion
 */
record ScoredCompletion(long line, @Nullable Integer index, PromptCompletion sample) {
    /**
     * The completions of a row.
     *
     * @param mark that joins the steps of a solution
     */
    static List<ScoredCompletion> of(String file, Row row, String mark) {
        if (row instanceof Row.TaskRow task) {
            List<ScoredCompletion> completions = new ArrayList<>();
            for (int i = 0; i < task.completions().size(); i++) {
                String text = task.completions().get(i).text();
                completions.add(new ScoredCompletion(row.line(), i, new PromptCompletion(row.prompt(), text)));
            }
            return completions;
        }
        return List.of(new ScoredCompletion(row.line(), null, sample(file, row, mark)));
    }

    private static PromptCompletion sample(String file, Row row, String mark) {
        if (row instanceof Row.CompletionRow completion) {
            return new PromptCompletion(completion.prompt(), completion.completion());
        }
        if (row instanceof Row.LabelRow label) {
            return new PromptCompletion(label.prompt(), label.completion());
        }
        if (row instanceof Row.StepsRow steps) {
            return new PromptCompletion(steps.prompt(), StepText.join(steps.steps(), mark));
        }
        if (row instanceof Row.MessagesRow messages && messages.hasTextAnswer()) {
            return new PromptCompletion(messages.prompt(), messages.completion());
        }
        throw BadInputException.at(
                file + ":" + row.line(),
                "a row whose answer is not only text",
                "a completion as text",
                "leave out answers with tool_calls or reasoning_content");
    }
}
