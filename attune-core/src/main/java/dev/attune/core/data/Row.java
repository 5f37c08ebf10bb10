package dev.attune.core.data;

import dev.attune.core.feedback.Preference;
import dev.attune.core.feedback.Ranking;
import dev.attune.core.reward.steps.StepLabel;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One row of a dataset. */
public sealed interface Row {
    /** The row's line in the file, from 1; in Parquet, its row. */
    long line();

    /** The row's prompt. Splits keep rows with equal prompts together. */
    Prompt prompt();

    /**
     * The columns that are not part of the prompt, such as a gold answer, for reward functions: JSON values (text, number,
     * boolean, list, map, null). Only rows read as prompts have them: a file of questions and answers is read as prompts if
     * its format is named so.
     */
    default Map<String, @Nullable Object> columns() {
        return Map.of();
    }

    /** A prompt without a completion. */
    record PromptRow(long line, Prompt prompt, Map<String, @Nullable Object> columns) implements Row {
        public PromptRow {
            columns = Columns.copy(columns);
        }

        /** A prompt without further columns. */
        public PromptRow(long line, Prompt prompt) {
            this(line, prompt, Map.of());
        }
    }

    /** A prompt with its completion. */
    record CompletionRow(long line, Prompt prompt, String completion) implements Row {}

    /**
     * A conversation that ends with the assistant's turn.
     *
     * @param tools as in {@link Prompt.Chat}
     */
    record MessagesRow(long line, List<Message> messages, List<Map<String, @Nullable Object>> tools) implements Row {
        public MessagesRow {
            messages = List.copyOf(messages);
            tools = List.copyOf(tools);
        }

        /** A conversation without tools. */
        public MessagesRow(long line, List<Message> messages) {
            this(line, messages, List.of());
        }

        /** The messages before the last. */
        @Override
        public Prompt prompt() {
            return new Prompt.Chat(messages.subList(0, messages.size() - 1), tools);
        }

        /** The last message's content. */
        public String completion() {
            return answer().content();
        }

        /** The last message. */
        public Message answer() {
            return messages.get(messages.size() - 1);
        }

        /** Whether {@link #completion()} is the whole answer: the last message calls no tools and has no reasoning. */
        public boolean hasTextAnswer() {
            return Turns.isPlain(answer());
        }
    }

    /** Two completions of a prompt, one preferred. */
    record PreferenceRow(long line, Preference preference) implements Row {
        @Override
        public Prompt prompt() {
            return preference.prompt();
        }
    }

    /** An order of completions. */
    record RankingRow(long line, Ranking ranking) implements Row {
        /** The prefix of the generated id of a ranking that has none in its file; the line number follows. */
        static final String UNNAMED = "line-";

        /** The criterion of a ranking without one in its file. */
        static final String ANY_CRITERION = "preference";

        /** The labeler of a ranking without one in its file. */
        static final String NOBODY = "unknown";

        /** Whether the ranking has an id in its file. */
        public boolean named() {
            String id = ranking.id();
            return !id.equals(UNNAMED + line) && !id.startsWith(UNNAMED + line + "-");
        }

        /** The same ranking with an id made of its line and a number. */
        RankingRow numbered(int number) {
            return new RankingRow(line, ranking.withId(UNNAMED + line + "-" + number));
        }

        @Override
        public Prompt prompt() {
            return ranking.prompt();
        }
    }

    /** Completions of a prompt that are not ranked yet. */
    record TaskRow(long line, Prompt prompt, List<Ranking.Completion> completions) implements Row {
        public TaskRow {
            completions = List.copyOf(completions);
        }
    }

    /** A completion with its reward. */
    record LabelRow(long line, Prompt prompt, String completion, double reward) implements Row {}

    /**
     * A solution in steps with the label of each.
     *
     * @param labels as many as steps
     */
    record StepsRow(long line, Prompt prompt, List<String> steps, List<StepLabel> labels) implements Row {
        public StepsRow {
            steps = List.copyOf(steps);
            labels = List.copyOf(labels);
        }
    }
}
