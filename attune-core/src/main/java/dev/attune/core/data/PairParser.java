package dev.attune.core.data;

import dev.attune.core.data.raw.HhDialogue;
import dev.attune.core.data.raw.RowKeys;
import dev.attune.core.feedback.Preference;
import dev.attune.core.feedback.Preference.Origin;
import dev.attune.core.json.Json;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Parses rows with {@code chosen} and {@code rejected}: completions of a prompt, or complete dialogues. */
final class PairParser {
    /** Minimum length, in characters, of a prompt that both answers repeat; a shorter match may be a coincidence. */
    private static final int MIN_REPEATED_LENGTH = 12;

    private static final List<String> LABEL = List.of("probability", "weight", "margin");

    private PairParser() {}

    /** Whether a row has both sides of a pair. */
    static boolean matches(RowKeys row) {
        return row.first(Fields.CHOSEN) != null && row.first(Fields.REJECTED) != null;
    }

    /** With a prompt: the two sides are its completions, as text or as messages that may repeat the prompt. */
    static Parsed withPrompt(long line, RowKeys row) {
        Prompt prompt = PromptColumns.read(row);
        String chosenKey = row.use(Fields.require(row.object(), Fields.CHOSEN));
        String rejectedKey = row.use(Fields.require(row.object(), Fields.REJECTED));
        JsonNode chosen = Fields.value(row.object(), chosenKey);
        JsonNode rejected = Fields.value(row.object(), rejectedKey);
        if (!chosen.isContainer() && !rejected.isContainer()) {
            return texts(line, row, prompt, Turns.text(chosen, chosenKey), Turns.text(rejected, rejectedKey));
        }
        return sides(line, row, prompt, Turns.read(chosen, chosenKey), Turns.read(rejected, rejectedKey));
    }

    private static Parsed texts(long line, RowKeys row, Prompt prompt, String chosen, String rejected) {
        if (HhDialogue.isWhole(chosen) && HhDialogue.isWhole(rejected)) {
            return sides(line, row, prompt, HhDialogue.parse(chosen), HhDialogue.parse(rejected));
        }
        String asked = prompt instanceof Prompt.Text text ? text.text() : "";
        boolean repeated = asked.strip().length() >= MIN_REPEATED_LENGTH
                && chosen.startsWith(asked)
                && rejected.startsWith(asked)
                && !chosen.equals(rejected);
        return repeated
                ? Parsed.fine(
                        row(line, row, prompt, chosen.substring(asked.length()), rejected.substring(asked.length())))
                : Parsed.fine(row(line, row, prompt, chosen, rejected));
    }

    private static Parsed sides(long line, RowKeys row, Prompt prompt, List<Message> chosen, List<Message> rejected) {
        List<Message> asked = prompt instanceof Prompt.Text text && HhDialogue.matches(text.text())
                ? HhDialogue.question(text.text())
                : prompt.messages();
        return compare(
                line,
                row,
                PromptColumns.tools(prompt),
                DialogueSide.whole(asked, chosen, "chosen"),
                DialogueSide.whole(asked, rejected, "rejected"));
    }

    /** Without a prompt: two dialogues, as hh-rlhf texts or as messages, equal up to the last turn. */
    static Parsed dialogues(long line, RowKeys row) {
        Prompt columns = PromptColumns.complete(row, new Prompt.Chat(List.of()));
        List<Message> system = columns.messages();
        return compare(
                line,
                row,
                PromptColumns.tools(columns),
                DialogueSide.whole(system, dialogue(row, Fields.CHOSEN), "chosen"),
                DialogueSide.whole(system, dialogue(row, Fields.REJECTED), "rejected"));
    }

    private static List<Message> dialogue(RowKeys row, List<String> keys) {
        String key = row.use(Fields.require(row.object(), keys));
        JsonNode value = Fields.value(row.object(), key);
        if (!value.isString()) {
            return Turns.read(value, key);
        }
        String text = Turns.text(value, key);
        if (!HhDialogue.matches(text)) {
            throw new RowProblem(
                    Fault.Kind.WRONG_TYPE, key, Fields.describe(value), "a dialogue that starts with 'Human:'");
        }
        return HhDialogue.parse(text);
    }

    private static Parsed compare(
            long line,
            RowKeys row,
            List<Map<String, @Nullable Object>> tools,
            List<Message> chosen,
            List<Message> rejected) {
        String better = Turns.answer(row, chosen, "chosen");
        String worse = Turns.answer(row, rejected, "rejected");
        List<Message> asked = chosen.subList(0, chosen.size() - 1);
        if (asked.equals(rejected.subList(0, rejected.size() - 1))) {
            return Parsed.fine(row(line, row, new Prompt.Chat(asked, tools), better, worse));
        }
        return parted(line, row, tools, chosen, rejected);
    }

    /** The usable part of dialogues that diverge early: the common turns as the prompt, the rest as the completions. */
    private static Parsed parted(
            long line,
            RowKeys row,
            List<Map<String, @Nullable Object>> tools,
            List<Message> chosen,
            List<Message> rejected) {
        int common = 0;
        int limit = Math.min(chosen.size(), rejected.size()) - 1;
        while (common < limit && chosen.get(common).equals(rejected.get(common))) {
            common++;
        }
        RowProblem problem = new RowProblem(
                Fault.Kind.DIALOGUES_PART,
                "",
                "dialogues of " + chosen.size() + " and " + rejected.size() + " turns that diverge at turn "
                        + (common + 1),
                "dialogues that differ in the last turn only");
        while (common > 0 && !(isAnswer(chosen, common) && isAnswer(rejected, common))) {
            common--;
        }
        boolean plain = Stream.concat(
                        chosen.subList(common, chosen.size()).stream(),
                        rejected.subList(common, rejected.size()).stream())
                .allMatch(Turns::isPlain);
        if (common == 0 || !plain) {
            throw problem;
        }
        Prompt prompt = new Prompt.Chat(chosen.subList(0, common), tools);
        return new Parsed(row(line, row, prompt, rest(chosen, common), rest(rejected, common)), problem);
    }

    private static boolean isAnswer(List<Message> dialogue, int turn) {
        return dialogue.get(turn).role().equals("assistant");
    }

    private static String rest(List<Message> dialogue, int from) {
        StringBuilder text = new StringBuilder(dialogue.get(from).content());
        for (Message message : dialogue.subList(from + 1, dialogue.size())) {
            text.append(message.role().equals("assistant") ? "\n\nAssistant: " : "\n\nHuman: ")
                    .append(message.content());
        }
        return text.toString();
    }

    private static Row row(long line, RowKeys row, Prompt prompt, String chosen, String rejected) {
        row.useAll(LABEL);
        Double given = Fields.optionalNumber(row.object(), "probability");
        Double weight = Fields.optionalNumber(row.object(), "weight");
        double probability = given == null ? 1 : given;
        if (probability < 0.5 || probability > 1) {
            throw new RowProblem(
                    Fault.Kind.WRONG_TYPE, "probability", String.valueOf(probability), "a number from 0.5 to 1");
        }
        if (weight != null && weight <= 0) {
            throw new RowProblem(Fault.Kind.WRONG_TYPE, "weight", String.valueOf(weight), "a number above 0");
        }
        return new Row.PreferenceRow(
                line,
                new Preference(
                        prompt,
                        chosen,
                        rejected,
                        probability,
                        weight == null ? 1 : weight,
                        Fields.optionalNumber(row.object(), "margin"),
                        origin(row)));
    }

    private static Origin origin(RowKeys row) {
        if (!(row.object().get("origin") instanceof ObjectNode origin)) {
            return Origin.UNKNOWN;
        }
        row.use("origin");
        try {
            return Json.records().treeToValue(origin, Origin.class);
        } catch (JacksonException e) {
            throw new RowProblem(Fault.Kind.WRONG_TYPE, "origin", Json.reason(e), "an origin as Attune writes it");
        }
    }
}
