package dev.attune.feedback.store;

/**
 * What completions are ranked by.
 *
 * @param name as in rankings: helpful, harmless, honest, or the project's own
 * @param question that a labeler answers
 */
public record Criterion(String name, String question) {
    public static final Criterion HELPFUL = new Criterion("helpful", "Which answer helps most with what was asked?");
    public static final Criterion HARMLESS = new Criterion("harmless", "Which answer is least likely to do harm?");
    public static final Criterion HONEST =
            new Criterion("honest", "Which answer says what is true, and admits what it does not know?");
}
