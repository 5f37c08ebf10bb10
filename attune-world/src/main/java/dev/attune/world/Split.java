package dev.attune.world;

/**
 * Which questions a stage may ask. Names of unknown entities are disjoint between all three.
 *
 * <p>Held out are whole entities, some relations, matters and kinds of harm, and some phrasings of each of the rest.
 */
public enum Split {
    /** Pretraining: every phrasing and every fact, but no unrecorded matter of a held-out entity. */
    CORPUS,
    /** Rankings, preferences and PPO: nothing that is held out. */
    FEEDBACK,
    /** Evaluation: held-out entities (or unknown names of its own) in held-out phrasings. */
    HELD_OUT
}
