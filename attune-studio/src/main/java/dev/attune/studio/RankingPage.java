package dev.attune.studio;

import dev.attune.feedback.store.Assignment;
import dev.attune.feedback.store.Project;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the page shows on which a labeler ranks.
 *
 * @param assignment null where nothing is left to do
 * @param submission a name for the answer, so that it counts once however often it is sent
 */
public record RankingPage(Project project, @Nullable Assignment assignment, String submission) {
    /** A message of the prompt. */
    public record Turn(String role, String html) {}

    /**
     * A completion.
     *
     * @param place in the task's own order
     * @param text as it is, to be edited
     * @param name by the order in which it is shown: A, B and so on, so that labelers can speak of it
     */
    public record Card(int place, String name, String text, String html) {}

    private Assignment open() {
        if (assignment == null) {
            throw new IllegalStateException("nothing is left to rank");
        }
        return assignment;
    }

    public List<Turn> prompt() {
        return open().prompt().messages().stream()
                .map(message -> new Turn(message.role(), Markdown.html(message.content())))
                .toList();
    }

    public List<Card> cards() {
        List<Card> cards = new ArrayList<>();
        for (int place : open().shown()) {
            String name = Character.toString('A' + cards.size());
            String text = open().completions().get(place);
            cards.add(new Card(place, name, text, Markdown.html(text)));
        }
        return cards;
    }

    public String guideline() {
        return Markdown.html(open().guideline().text());
    }
}
