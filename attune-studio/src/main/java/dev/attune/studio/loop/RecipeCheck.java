package dev.attune.studio.loop;

/** Validates recipes. */
@FunctionalInterface
public interface RecipeCheck {
    /**
     * The recipe with every default written out.
     *
     * @param place its name in messages
     * @throws dev.attune.core.error.BadInputException if the recipe is invalid or has stages
     */
    String complete(String place, String yaml);
}
