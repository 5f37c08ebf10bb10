package dev.attune.core.data;

import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Objects into rows of a format, and the format of an object by its keys. */
final class RowParser {
    private RowParser() {}

    /** The format that the object's keys tell, or null. */
    static @Nullable DataFormat detect(ObjectNode row) {
        String turns = Fields.present(row, Fields.TURNS);
        boolean prompt = Fields.present(row, Fields.PROMPT) != null;
        if (ArgillaParser.matches(row)) {
            return DataFormat.ARGILLA;
        }
        if (LabelStudioParser.matches(row)) {
            return DataFormat.LABEL_STUDIO;
        }
        if (Fields.has(row, "completions") && Fields.has(row, "order")) {
            return DataFormat.RANKINGS;
        }
        if (Fields.has(row, "chosen") && Fields.has(row, "rejected")) {
            return prompt ? DataFormat.PREFERENCES : DataFormat.DIALOGUES;
        }
        if (prompt && Fields.present(row, Fields.COMPLETION) != null) {
            return Fields.present(row, Fields.REWARD) == null ? DataFormat.PROMPT_COMPLETION : DataFormat.LABELS;
        }
        if (prompt && Fields.has(row, "completions") && row.get("completions").isArray()) {
            return DataFormat.TASKS;
        }
        if (turns != null) {
            return Turns.areShareGpt(row.get(turns)) ? DataFormat.SHAREGPT : DataFormat.MESSAGES;
        }
        return prompt ? DataFormat.PROMPTS : null;
    }

    /** Makes rows of the object: one, but for other tools, whose tasks hold any number of answers. */
    static List<Parsed> parse(ReadOptions options, DataFormat format, RawRow raw) {
        ObjectNode row = Objects.requireNonNull(raw.object());
        return switch (format) {
            case ARGILLA -> ArgillaParser.parse(raw.line(), row);
            case LABEL_STUDIO -> LabelStudioParser.parse(raw.line(), row, options.buckets());
            default -> List.of(one(format, raw.line(), row));
        };
    }

    /** Throws {@link RowProblem} where no row can be made of the object. */
    private static Parsed one(DataFormat format, long line, ObjectNode row) {
        return switch (format) {
            case PROMPTS -> Parsed.fine(new Row.PromptRow(line, promptOfAny(row)));
            case PROMPT_COMPLETION -> completion(line, row);
            case MESSAGES, SHAREGPT -> conversation(line, row);
            case PREFERENCES -> PairParser.withPrompt(line, row);
            case DIALOGUES -> PairParser.dialogues(line, row);
            case RANKINGS -> RankingParser.parse(line, row);
            case TASKS -> RankingParser.task(line, row);
            case LABELS -> label(line, row);
            case ARGILLA, LABEL_STUDIO -> throw new IllegalStateException(format + " has rows of its own");
        };
    }

    /** Prompts can be taken from every format: it is enough that the row has one. */
    private static Prompt promptOfAny(ObjectNode row) {
        String key = Fields.present(row, Fields.PROMPT);
        if (key != null) {
            return instruction(row, key);
        }
        String turns = Fields.present(row, Fields.TURNS);
        if (turns != null) {
            List<Message> messages = Turns.read(row.get(turns), turns);
            boolean answered = !messages.isEmpty()
                    && messages.get(messages.size() - 1).role().equals("assistant");
            return new Prompt.Chat(answered ? messages.subList(0, messages.size() - 1) : messages);
        }
        if (Fields.has(row, "chosen") && Fields.has(row, "rejected")) {
            return PairParser.dialogues(0, row).row().prompt();
        }
        Fields.require(row, Fields.PROMPT);
        throw new IllegalStateException("a row without a prompt got here");
    }

    /** A prompt; an instruction may have an {@code input} that follows it after an empty line. */
    private static Prompt instruction(ObjectNode row, String key) {
        Prompt prompt = Turns.prompt(row, key);
        String input = key.equals("instruction") ? Fields.optionalText(row, "input") : null;
        boolean joined = input != null && !input.isBlank() && prompt instanceof Prompt.Text;
        return joined ? new Prompt.Text(((Prompt.Text) prompt).text() + "\n\n" + input) : prompt;
    }

    private static Parsed completion(long line, ObjectNode row) {
        Prompt prompt = instruction(row, Fields.require(row, Fields.PROMPT));
        String key = Fields.require(row, Fields.COMPLETION);
        JsonNode value = Fields.value(row, key);
        return Parsed.fine(new Row.CompletionRow(line, prompt, answer(value, key)));
    }

    private static Parsed label(long line, ObjectNode row) {
        Prompt prompt = instruction(row, Fields.require(row, Fields.PROMPT));
        String key = Fields.require(row, Fields.COMPLETION);
        double reward = Fields.number(row, Fields.require(row, Fields.REWARD));
        return Parsed.fine(new Row.LabelRow(line, prompt, answer(Fields.value(row, key), key), reward));
    }

    private static Parsed conversation(long line, ObjectNode row) {
        String key = Fields.require(row, Fields.TURNS);
        List<Message> messages = Turns.read(Fields.value(row, key), key);
        Turns.answer(messages, key);
        return Parsed.fine(new Row.MessagesRow(line, messages));
    }

    /** A completion as text, or as a list of one message by the assistant. */
    private static String answer(JsonNode value, String key) {
        if (!value.isArray()) {
            return Fields.text(value, key);
        }
        List<Message> messages = Turns.read(value, key);
        if (messages.size() > 1) {
            throw new RowProblem(Fault.Kind.WRONG_TYPE, key, messages.size() + " messages", "one");
        }
        return Turns.answer(messages, key);
    }
}
