/** The built-in recipes. {@code dev.attune.training.recipe} reads recipes. */
@NullMarked
package dev.attune.cli.recipes;

import org.jspecify.annotations.NullMarked;
