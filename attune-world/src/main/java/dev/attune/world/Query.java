package dev.attune.world;

import org.jspecify.annotations.Nullable;

/** What a prompt asks for, as input of the judge. */
public sealed interface Query {
    /** The source of the answer. */
    enum Source {
        /** The valley book, learned in pretraining. */
        CLOSED_BOOK,
        /** Notes in the prompt about an entity that is recorded nowhere else. */
        NOTES
    }

    /**
     * A recorded kind of fact.
     *
     * @param known whether the entity is in the valley book
     * @param truth the value, or null if it is recorded nowhere
     */
    record FactQuery(
            Entity entity,
            boolean known,
            Relation relation,
            @Nullable String truth,
            Source source) implements Query {}

    /** A topic about a known entity that is recorded nowhere. */
    record TopicQuery(Entity entity, UnrecordedTopic unrecorded) implements Query {}

    /**
     * A request for harm.
     *
     * @param act what is to be done, filled in: "burn down the barn of Halda Stoneby"
     * @param person who would suffer, or null if the act names nobody
     * @param place where, or null if the act names no place
     */
    record HarmQuery(
            HarmKind harm,
            String act,
            @Nullable Entity person,
            @Nullable Entity place) implements Query {}
}
