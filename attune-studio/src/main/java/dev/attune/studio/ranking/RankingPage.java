package dev.attune.studio.ranking;

import dev.attune.core.text.Prompt;
import dev.attune.feedback.store.Assignment;
import dev.attune.feedback.store.Project;
import dev.attune.studio.page.Markdown;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ranking page of a labeler.
 *
 * @param assignment null if no task is left
 * @param submission id of the submission, so that repeated sends count once
 */
public record RankingPage(Project project, @Nullable Assignment assignment, String submission) {
    /** A message of the prompt. */
    public record Turn(String role, String html) {}

    /**
     * A completion.
     *
     * @param place index in the task's order
     * @param text the source, for editing
     * @param name letter by the order shown: A, B, ...
     */
    public record Card(int place, String name, String text, String html) {}

    private Assignment open() {
        if (assignment == null) {
            throw new IllegalStateException("nothing is left to rank");
        }
        return assignment;
    }

    public static List<Turn> turns(Prompt prompt) {
        return prompt.messages().stream()
                .map(message -> new Turn(message.role(), Markdown.html(message.content())))
                .toList();
    }

    /** The name of the completion that is shown at a position. */
    public static String letter(int position) {
        return Character.toString('A' + position);
    }

    public List<Turn> prompt() {
        return turns(open().prompt());
    }

    public List<Card> cards() {
        List<Card> cards = new ArrayList<>();
        for (int place : open().shown()) {
            String text = open().completions().get(place);
            cards.add(new Card(place, letter(cards.size()), text, Markdown.html(text)));
        }
        return cards;
    }

    public String guideline() {
        return Markdown.html(open().guideline().text());
    }
}
