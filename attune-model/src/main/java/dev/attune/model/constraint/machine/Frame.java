package dev.attune.model.constraint.machine;

import dev.attune.model.constraint.schema.ArrayShape;
import dev.attune.model.constraint.schema.Node;
import dev.attune.model.constraint.schema.ObjectShape;
import dev.attune.model.constraint.text.Dfa;
import dev.attune.model.constraint.text.NumberText;
import org.jspecify.annotations.Nullable;

/** One level of what has been read so far. */
public sealed interface Frame {
    /** Nothing may follow. */
    record Done() implements Frame {}

    /** Before a value, or a space and a value. */
    record Before(Node node, boolean space) implements Frame {}

    /** In one of the words true, false and null. */
    record Word(String word, int at) implements Frame {}

    /** In a number. */
    record Digits(NumberText set, String text) implements Frame {}

    /** Between the quotes of something. */
    sealed interface Quoted extends Frame permits Text, Key {
        Dfa dfa();

        /** As {@link dev.attune.model.constraint.text.JsonText} counts. */
        long state();
    }

    /** In a string. */
    record Text(Dfa dfa, long state) implements Quoted {}

    /**
     * In the key of a member. The frame below is that of the object: after the member for a property, before it for
     * other keys.
     *
     * @param set the index of the set of keys, or -1 for a property
     * @param bytes what has been read of the key if it is not that of a property, the last byte first
     */
    record Key(
            Dfa dfa,
            long state,
            Node value,
            int set,
            @Nullable Bytes bytes) implements Quoted {}

    /** After a key, before the colon. */
    record Colon(Node value) implements Frame {}

    /**
     * In an array.
     *
     * @param open whether nothing but the bracket has been read
     */
    record Items(ArrayShape shape, ArrayShape.Point point, boolean open) implements Frame {}

    /** In an object. */
    record Members(ObjectShape shape, ObjectShape.Point point, Phase phase) implements Frame {}

    /** Where in an object. */
    enum Phase {
        /** After the brace. */
        OPEN,
        /** After a member. */
        AFTER,
        /** After a comma. */
        COMMA,
        /** After a comma and a space. */
        SPACE
    }

    /** Bytes, the last one first. */
    record Bytes(int value, @Nullable Bytes before) {}
}
