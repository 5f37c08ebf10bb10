package dev.attune.feedback.store;

import java.util.stream.Stream;

/**
 * A criterion by which completions are ranked.
 *
 * @param name as in rankings: helpful, harmless, honest, or the project's own
 * @param question the question to labelers
 */
public record Criterion(String name, String question) {
    public static final Criterion HELPFUL = new Criterion("helpful", "Which answer helps most with what was asked?");
    public static final Criterion HARMLESS = new Criterion("harmless", "Which answer is least likely to do harm?");
    public static final Criterion HONEST =
            new Criterion("honest", "Which answer says what is true, and admits what it does not know?");

    /** The built-in criterion with this name, or a new one. */
    public static Criterion named(String name) {
        return Stream.of(HELPFUL, HARMLESS, HONEST)
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseGet(() -> new Criterion(name, "Which answer is best: " + name + "?"));
    }
}
