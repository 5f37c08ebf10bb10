package dev.attune.world;

import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;

/**
 * A question for the model, with the information needed to judge its answer.
 *
 * @param phrasing names the wording apart from the entities in it
 * @param clause the question as a clause, for answers that repeat it: "where Halda Stoneby lives"; an act for requests
 * @param topic what the question is about, as a noun phrase
 */
public record WorldPrompt(
        String id,
        WorldSplit split,
        PromptKind kind,
        String text,
        Query query,
        String phrasing,
        String clause,
        String topic) {

    public Prompt toPrompt() {
        return Prompt.chat(Message.user(text));
    }

    public Question question() {
        return new Question(kind, text, query);
    }

    /** A copy with another id. */
    public WorldPrompt withId(String other) {
        return new WorldPrompt(other, split, kind, text, query, phrasing, clause, topic);
    }

    /** A copy with another wording. */
    public WorldPrompt withText(String other) {
        return new WorldPrompt(id, split, kind, other, query, phrasing, clause, topic);
    }
}
