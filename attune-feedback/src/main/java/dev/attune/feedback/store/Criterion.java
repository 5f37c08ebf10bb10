package dev.attune.feedback.store;

import java.util.stream.Stream;

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

    /** One of these, or the project's own of that name. */
    public static Criterion named(String name) {
        return Stream.of(HELPFUL, HARMLESS, HONEST)
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseGet(() -> new Criterion(name, "Which answer is best: " + name + "?"));
    }
}
