package dev.attune.core.data;

import dev.attune.core.feedback.Preference;
import dev.attune.core.feedback.Preference.Origin;
import dev.attune.core.json.Json;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rows with {@code chosen} and {@code rejected}: completions of a prompt, or whole dialogues. */
final class PairParser {
    private PairParser() {}

    /** With a prompt: the two sides are its completions, as text or as messages that may repeat the prompt. */
    static Parsed withPrompt(long line, ObjectNode row) {
        String key = Fields.require(row, Fields.PROMPT);
        Prompt prompt = Turns.prompt(row, key);
        JsonNode chosen = Fields.value(row, "chosen");
        JsonNode rejected = Fields.value(row, "rejected");
        if (!chosen.isArray() && !rejected.isArray()) {
            return Parsed.fine(
                    row(line, row, prompt, Fields.text(chosen, "chosen"), Fields.text(rejected, "rejected")));
        }
        List<Message> asked = prompt.messages();
        return compare(
                line, row, after(asked, Turns.read(chosen, "chosen")), after(asked, Turns.read(rejected, "rejected")));
    }

    /** Without a prompt: two dialogues, as hh-rlhf texts or as messages, equal up to the last turn. */
    static Parsed dialogues(long line, ObjectNode row) {
        return compare(line, row, dialogue(row, "chosen"), dialogue(row, "rejected"));
    }

    private static List<Message> dialogue(ObjectNode row, String key) {
        JsonNode value = Fields.value(row, key);
        if (value.isArray()) {
            return Turns.read(value, key);
        }
        String text = Fields.text(value, key);
        if (!HhDialogue.matches(text)) {
            throw new RowProblem(
                    Fault.Kind.WRONG_TYPE, key, Fields.describe(value), "a dialogue that starts with 'Human:'");
        }
        return HhDialogue.parse(text);
    }

    /** A side given as messages may hold the whole dialogue or only what follows the prompt. */
    private static List<Message> after(List<Message> asked, List<Message> side) {
        if (side.size() > asked.size() && side.subList(0, asked.size()).equals(asked)) {
            return side;
        }
        List<Message> whole = new ArrayList<>(asked);
        whole.addAll(side);
        return whole;
    }

    private static Parsed compare(long line, ObjectNode row, List<Message> chosen, List<Message> rejected) {
        String better = Turns.answer(chosen, "chosen");
        String worse = Turns.answer(rejected, "rejected");
        List<Message> asked = chosen.subList(0, chosen.size() - 1);
        if (asked.equals(rejected.subList(0, rejected.size() - 1))) {
            return Parsed.fine(row(line, row, new Prompt.Chat(asked), better, worse));
        }
        return parted(line, row, chosen, rejected);
    }

    /** What can be kept of dialogues that part early: the common turns as the prompt, the rest as the completions. */
    private static Parsed parted(long line, ObjectNode row, List<Message> chosen, List<Message> rejected) {
        int common = 0;
        int limit = Math.min(chosen.size(), rejected.size()) - 1;
        while (common < limit && chosen.get(common).equals(rejected.get(common))) {
            common++;
        }
        RowProblem problem = new RowProblem(
                Fault.Kind.DIALOGUES_PART,
                "",
                "dialogues of " + chosen.size() + " and " + rejected.size() + " turns that part at turn "
                        + (common + 1),
                "dialogues that differ in the last turn only");
        while (common > 0 && !(isAnswer(chosen, common) && isAnswer(rejected, common))) {
            common--;
        }
        if (common == 0) {
            throw problem;
        }
        Prompt prompt = new Prompt.Chat(chosen.subList(0, common));
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

    private static Row row(long line, ObjectNode row, Prompt prompt, String chosen, String rejected) {
        Double given = Fields.optionalNumber(row, "probability");
        Double weight = Fields.optionalNumber(row, "weight");
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
                        Fields.optionalNumber(row, "margin"),
                        origin(row)));
    }

    private static Origin origin(ObjectNode row) {
        if (!(row.get("origin") instanceof ObjectNode origin)) {
            return Origin.UNKNOWN;
        }
        try {
            return Json.records().treeToValue(origin, Origin.class);
        } catch (JacksonException e) {
            throw new RowProblem(Fault.Kind.WRONG_TYPE, "origin", Json.reason(e), "an origin as Attune writes it");
        }
    }
}
