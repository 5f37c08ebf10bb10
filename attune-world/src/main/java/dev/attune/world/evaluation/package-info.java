/** Measures how a model's completions of world prompts turned out. It samples nothing and trains nothing. */
@NullMarked
package dev.attune.world.evaluation;

import org.jspecify.annotations.NullMarked;
