package dev.attune.world;

/** Someone or something with a name. Tools and creatures have common nouns for names and stand after an article. */
public record Entity(String name, EntityType type) {
    /** The given name of a person; the whole name of anything else. */
    public String shortName() {
        int space = type == EntityType.PERSON ? name.indexOf(' ') : -1;
        return space < 0 ? name : name.substring(0, space);
    }
}
