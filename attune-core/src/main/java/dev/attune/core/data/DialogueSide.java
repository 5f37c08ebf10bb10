package dev.attune.core.data;

import dev.attune.core.text.Message;
import java.util.ArrayList;
import java.util.List;

/**
 * One side (chosen or rejected) of a pair with a separate prompt: either a complete dialogue, which repeats the prompt
 * and may have a system turn or earlier turns that the prompt lacks, or only the turns after the prompt.
 */
final class DialogueSide {
    private static final String SYSTEM = "system";

    private DialogueSide() {}

    /** The side as a complete dialogue; a problem if it is a dialogue that does not contain the prompt. */
    static List<Message> whole(List<Message> prompt, List<Message> side, String key) {
        List<Message> asked = withoutSystem(prompt);
        List<Message> dialogue = withoutSystem(side);
        boolean repeated = asked.isEmpty() ? startsWithSystem(side) : contains(dialogue, asked);
        if (repeated) {
            return withSystem(prompt, side, key);
        }
        if (side.isEmpty() || follows(prompt, side)) {
            List<Message> whole = new ArrayList<>(prompt);
            whole.addAll(side);
            return whole;
        }
        throw new RowProblem(
                Fault.Kind.PROMPT_MISMATCH,
                key,
                "a dialogue that does not contain the prompt",
                "the prompt and its answer, or the answer alone");
    }

    /** Whether the turns before the last contain the prompt's turns, in one run. */
    private static boolean contains(List<Message> dialogue, List<Message> asked) {
        for (int from = 0; from + asked.size() < dialogue.size(); from++) {
            if (same(dialogue.subList(from, from + asked.size()), asked)) {
                return true;
            }
        }
        return false;
    }

    private static boolean same(List<Message> some, List<Message> others) {
        for (int i = 0; i < some.size(); i++) {
            Message one = some.get(i);
            Message other = others.get(i);
            if (!one.role().equals(other.role())
                    || !one.content().strip().equals(other.content().strip())) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether the roles allow the side to follow the prompt: an answer follows a question, a question follows an answer
     * or a system turn.
     */
    private static boolean follows(List<Message> prompt, List<Message> side) {
        String next = side.get(0).role();
        String last = prompt.isEmpty() ? SYSTEM : prompt.get(prompt.size() - 1).role();
        return switch (next) {
            case SYSTEM -> false;
            case "user" -> !last.equals("user");
            default -> true;
        };
    }

    private static List<Message> withSystem(List<Message> prompt, List<Message> side, String key) {
        if (!startsWithSystem(prompt)) {
            return side;
        }
        if (startsWithSystem(side)) {
            if (same(side.subList(0, 1), prompt.subList(0, 1))) {
                return side;
            }
            throw new RowProblem(
                    Fault.Kind.PROMPT_MISMATCH, key, "a system turn that differs from the prompt's", "one system turn");
        }
        List<Message> whole = new ArrayList<>(prompt.subList(0, 1));
        whole.addAll(side);
        return whole;
    }

    private static List<Message> withoutSystem(List<Message> messages) {
        return startsWithSystem(messages) ? messages.subList(1, messages.size()) : messages;
    }

    private static boolean startsWithSystem(List<Message> messages) {
        return !messages.isEmpty() && messages.get(0).role().equals(SYSTEM);
    }
}
