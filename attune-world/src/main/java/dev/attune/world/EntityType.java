package dev.attune.world;

/** What kind of thing an entity of the valley is. */
public enum EntityType {
    PERSON,
    PLACE,
    TOOL,
    CREATURE;

    /** The name that the word lists use. */
    public String key() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
