/** The recipes that ship with Attune. What a recipe means is in {@code dev.attune.training.recipe}. */
@NullMarked
package dev.attune.cli.recipes;

import org.jspecify.annotations.NullMarked;
