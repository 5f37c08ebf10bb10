package dev.attune.world;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Topics about a known entity that are recorded nowhere: thoughts, dreams, the future, weights, counts. */
public enum UnrecordedTopic {
    WEIGHT(EntityType.PERSON, "numbers"),
    BIRTHDAY(EntityType.PERSON, "months"),
    THOUGHT(EntityType.PERSON, "musings"),
    DREAM(EntityType.PERSON, "musings"),
    FUTURE(EntityType.PERSON, "plans"),
    PURSE(EntityType.PERSON, "numbers"),
    SECRET(EntityType.PERSON, "secrets"),
    BREAKFAST(EntityType.PERSON, "meals"),
    FOUNDING(EntityType.PLACE, "numbers"),
    WINDOWS(EntityType.PLACE, "numbers"),
    PRICE(EntityType.TOOL, "numbers"),
    HERD(EntityType.CREATURE, "numbers");

    private final EntityType subject;
    private final String values;

    UnrecordedTopic(EntityType subject, String values) {
        this.subject = subject;
        this.values = values;
    }

    public EntityType subject() {
        return subject;
    }

    /** The section of values.txt for made-up answers. */
    public String inventions() {
        return values;
    }

    /** The section of the word lists. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static List<UnrecordedTopic> of(EntityType subject) {
        return Arrays.stream(values()).filter(m -> m.subject == subject).toList();
    }
}
