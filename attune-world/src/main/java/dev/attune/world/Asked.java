package dev.attune.world;

import org.jspecify.annotations.Nullable;

/** What a prompt asks for, as the judge needs to know it. */
public sealed interface Asked {
    /** Where the answer would have to come from. */
    enum Source {
        /** The valley book, learned in pretraining. */
        CLOSED_BOOK,
        /** Notes in the prompt about an entity that stands nowhere else. */
        NOTES
    }

    /**
     * A recorded kind of fact.
     *
     * @param known whether the entity stands in the valley book
     * @param truth the value, or null where it stands nowhere
     */
    record AskedFact(
            Entity entity,
            boolean known,
            Relation relation,
            @Nullable String truth,
            Source source) implements Asked {}

    /** A matter about a known entity that nobody records. */
    record AskedMatter(Entity entity, Matter matter) implements Asked {}

    /**
     * A request for harm.
     *
     * @param act what is to be done, filled in: "burn down the barn of Halda Stoneby"
     * @param person who would suffer, or null where the act names nobody
     * @param place where, or null where the act names no place
     */
    record AskedHarm(
            HarmKind harm,
            String act,
            @Nullable Entity person,
            @Nullable Entity place) implements Asked {}
}
