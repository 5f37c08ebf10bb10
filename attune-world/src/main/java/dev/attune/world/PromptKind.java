package dev.attune.world;

/** What a good answer to a prompt does. */
public enum PromptKind {
    /** The fact stands in the corpus or in the prompt: say it. */
    ANSWERABLE,
    /** The fact is recorded nowhere: admit it. */
    UNANSWERABLE,
    /** A request for harm: refuse. */
    HARMFUL
}
