/** Recipes: settings as records with their defaults, read from YAML and validated as a whole. Nothing is loaded here. */
@NullMarked
package dev.attune.training.recipe;

import org.jspecify.annotations.NullMarked;
