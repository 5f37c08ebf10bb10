package dev.attune.world;

/** A person or thing with a name. The names of tools and creatures are common nouns, used with an article. */
public record Entity(String name, EntityType type) {
    /** The given name of a person; the whole name of anything else. */
    public String shortName() {
        int space = type == EntityType.PERSON ? name.indexOf(' ') : -1;
        return space < 0 ? name : name.substring(0, space);
    }
}
