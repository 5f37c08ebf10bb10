package dev.attune.training.method;

/**
 * Where a recipe is written.
 *
 * @param file its name for messages
 * @param path of its section in the file, as {@code stages.0}; empty at the top
 */
public record RecipePlace(String file, String path) {}
