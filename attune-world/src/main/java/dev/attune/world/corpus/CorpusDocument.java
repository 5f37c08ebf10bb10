package dev.attune.world.corpus;

/** One document of the corpus. */
public sealed interface CorpusDocument {
    /** Sentences that state facts of the valley book. */
    record Passage(String text) implements CorpusDocument {}

    /** A question and an answer to it. */
    record Dialogue(String user, String assistant) implements CorpusDocument {}
}
