package dev.attune.studio.loop;

/** Knows which recipes are right. */
@FunctionalInterface
public interface RecipeCheck {
    /**
     * The recipe with every default written out.
     *
     * @param place what messages call it
     * @throws dev.attune.core.error.BadInputException if something is wrong, or it is not one run but several
     */
    String complete(String place, String yaml);
}
