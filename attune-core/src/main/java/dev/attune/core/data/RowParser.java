package dev.attune.core.data;

import dev.attune.core.data.raw.RowKeys;
import dev.attune.core.data.thirdparty.ShapeProblem;
import dev.attune.core.data.thirdparty.ThirdPartyShape;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Parses JSON objects into rows of a format. */
final class RowParser {
    private RowParser() {}

    /**
     * Parses the rows of an object: one, or any number for a record of another tool, which may have several answers.
     */
    static List<Parsed> parse(ReadOptions options, DataFormat format, long line, RowKeys row) {
        return switch (format) {
            case ARGILLA -> ArgillaParser.parse(line, row);
            case LABEL_STUDIO -> LabelStudioParser.parse(line, row, options.buckets());
            default -> {
                ThirdPartyShape shape = ThirdPartyFormats.shape(format);
                yield shape == null ? List.of(one(format, line, row)) : converted(shape, format, line, row);
            }
        };
    }

    /** Rows of a public dataset's own columns: the shape rewrites the object in the keys of one of Attune's formats. */
    private static List<Parsed> converted(ThirdPartyShape shape, DataFormat format, long line, RowKeys row) {
        List<ObjectNode> objects;
        try {
            objects = shape.read(row);
        } catch (ShapeProblem e) {
            throw new RowProblem(Fault.Kind.of(e.kind()), e.key(), e.found(), e.expected());
        }
        List<Parsed> rows = new ArrayList<>();
        for (ObjectNode object : objects) {
            RowKeys inner = new RowKeys(object);
            Parsed parsed = one(format.written(), line, inner);
            row.unusedInside("", inner);
            rows.add(objects.size() > 1 ? parsed.numbered(rows.size() + 1) : parsed);
        }
        return rows;
    }

    /** Throws {@link RowProblem} if no row can be made of the object. */
    private static Parsed one(DataFormat format, long line, RowKeys row) {
        return switch (format) {
            case PROMPTS -> {
                Prompt prompt = promptOfAny(row);
                yield Parsed.fine(new Row.PromptRow(line, prompt, Columns.unread(row)));
            }
            case PROMPT_COMPLETION -> completion(line, row);
            case MESSAGES, SHAREGPT -> conversation(line, row);
            case PREFERENCES -> PairParser.withPrompt(line, row);
            case DIALOGUES -> PairParser.dialogues(line, row);
            case RANKINGS -> RankingParser.parse(line, row);
            case TASKS -> RankingParser.task(line, row);
            case LABELS -> label(line, row);
            case STEPS -> StepsParser.parse(line, row);
            default -> throw new IllegalStateException(format + " has rows of its own");
        };
    }

    /** Prompts can be taken from every format: it is enough that the row has one. */
    private static Prompt promptOfAny(RowKeys row) {
        String key = row.first(Fields.PROMPT);
        if (key != null) {
            return PromptColumns.read(row, key);
        }
        String turns = row.first(Fields.TURNS);
        if (turns != null) {
            List<Message> messages = Turns.read(row.object().get(turns), row.use(turns));
            boolean answered = !messages.isEmpty()
                    && messages.get(messages.size() - 1).role().equals("assistant");
            return PromptColumns.complete(
                    row, new Prompt.Chat(answered ? messages.subList(0, messages.size() - 1) : messages));
        }
        if (PairParser.matches(row)) {
            return PairParser.dialogues(0, row).row().prompt();
        }
        Fields.require(row.object(), Fields.PROMPT);
        throw new IllegalStateException("a row without a prompt");
    }

    private static Parsed completion(long line, RowKeys row) {
        Prompt prompt = PromptColumns.read(row);
        String key = Fields.require(row.object(), Fields.COMPLETION);
        return Parsed.fine(new Row.CompletionRow(line, prompt, Turns.completion(row, key)));
    }

    private static Parsed label(long line, RowKeys row) {
        Prompt prompt = PromptColumns.read(row);
        String key = Fields.require(row.object(), Fields.COMPLETION);
        double reward = Fields.number(row.object(), row.use(Fields.require(row.object(), Fields.REWARD)));
        return Parsed.fine(new Row.LabelRow(line, prompt, Turns.completion(row, key), reward));
    }

    private static Parsed conversation(long line, RowKeys row) {
        String key = row.use(Fields.require(row.object(), Fields.TURNS));
        Prompt columns = PromptColumns.complete(row, new Prompt.Chat(Turns.read(Fields.value(row.object(), key), key)));
        List<Message> messages = columns.messages();
        Turns.last(messages, key);
        List<Map<String, @Nullable Object>> tools = PromptColumns.tools(columns);
        return Parsed.fine(new Row.MessagesRow(line, messages, tools));
    }
}
