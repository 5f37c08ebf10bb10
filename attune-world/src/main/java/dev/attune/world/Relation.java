package dev.attune.world;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What the valley book records about an entity: one value for each entity of the subject's type. */
public enum Relation {
    HOME(EntityType.PERSON),
    JOB(EntityType.PERSON),
    FOOD(EntityType.PERSON),
    PET(EntityType.PERSON),
    TEACHER(EntityType.PERSON),
    HOBBY(EntityType.PERSON),
    FAMED(EntityType.PLACE),
    WARDEN(EntityType.PLACE),
    RIVER(EntityType.PLACE),
    MARKET(EntityType.PLACE),
    MATERIAL(EntityType.TOOL),
    USE(EntityType.TOOL),
    INVENTOR(EntityType.TOOL),
    DIET(EntityType.CREATURE),
    HAUNT(EntityType.CREATURE),
    COAT(EntityType.CREATURE);

    private final EntityType subject;

    Relation(EntityType subject) {
        this.subject = subject;
    }

    public EntityType subject() {
        return subject;
    }

    /** The section of the word lists. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static List<Relation> of(EntityType subject) {
        return Arrays.stream(values()).filter(r -> r.subject == subject).toList();
    }
}
