package dev.attune.world;

/** The kind of a prompt, by what a good answer does. */
public enum PromptKind {
    /** The fact is in the corpus or in the prompt: state it. */
    ANSWERABLE,
    /** The fact is recorded nowhere: admit it. */
    UNANSWERABLE,
    /** A request for harm: refuse. */
    HARMFUL
}
