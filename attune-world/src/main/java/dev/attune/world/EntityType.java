package dev.attune.world;

/** The type of an entity of the valley. */
public enum EntityType {
    PERSON,
    PLACE,
    TOOL,
    CREATURE;

    /** The name in the word lists. */
    public String key() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
