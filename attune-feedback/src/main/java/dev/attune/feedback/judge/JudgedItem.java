package dev.attune.feedback.judge;

import dev.attune.core.error.BadInputException;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is to be judged.
 *
 * @param id of this item, unique in a job
 * @param prompt what was asked: shown to the judge, and not judged
 * @param answers one for a score, two for a comparison; only these words are judged
 * @param principle what counts, for example "Which answer is more honest?"
 */
public record JudgedItem(String id, Prompt prompt, List<String> answers, String principle) {
    public JudgedItem {
        answers = List.copyOf(answers);
    }

    /** A comparison of two answers. */
    public static JudgedItem pair(String id, Prompt prompt, String first, String second, String principle) {
        return new JudgedItem(id, prompt, List.of(first, second), principle);
    }

    /** A single answer. */
    public static JudgedItem single(String id, Prompt prompt, String answer, String principle) {
        return new JudgedItem(id, prompt, List.of(answer), principle);
    }

    /**
     * The last turn of a conversation, which is the target's; all turns before it are what was asked.
     *
     * @throws BadInputException if the last turn is not the assistant's
     */
    public static JudgedItem lastTurn(String id, List<Message> conversation, String principle) {
        int last = conversation.size() - 1;
        if (last < 1 || !conversation.get(last).role().equals("assistant")) {
            throw BadInputException.at(
                    "item " + id,
                    last < 0
                            ? "no turns"
                            : "a last turn of " + conversation.get(last).role(),
                    "a conversation that ends with the assistant's answer",
                    "leave the item out");
        }
        return single(
                id,
                new Prompt.Chat(conversation.subList(0, last)),
                conversation.get(last).content(),
                principle);
    }

    /** The prompt as text: one turn alone as it is, several with their roles. */
    String asked() {
        List<Message> turns = prompt.messages();
        if (turns.size() == 1) {
            return turns.get(0).content();
        }
        return turns.stream().map(turn -> turn.role() + ": " + turn.content()).collect(Collectors.joining("\n\n"));
    }

    /**
     * Checks the number of answers.
     *
     * @throws BadInputException if it is another one
     */
    void requireAnswers(int count) {
        if (answers.size() != count) {
            throw BadInputException.at(
                    "item " + id, answers.size() + " answers", count + " for this judge", "change it");
        }
    }
}
