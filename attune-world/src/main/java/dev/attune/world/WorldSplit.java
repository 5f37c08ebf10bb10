package dev.attune.world;

/**
 * The splits: which questions a stage may ask. Names of unknown entities are disjoint between all three.
 *
 * <p>Held out are whole entities, some relations, unrecorded topics and kinds of harm, and some phrasings of each of
 * the rest.
 */
public enum WorldSplit {
    /** Pretraining: every phrasing and every fact, but no unrecorded topic of a held-out entity. */
    CORPUS,
    /** Rankings, preferences and PPO: nothing that is held out. */
    FEEDBACK,
    /** Evaluation: held-out entities (or unknown names of its own) in held-out phrasings. */
    HELD_OUT
}
