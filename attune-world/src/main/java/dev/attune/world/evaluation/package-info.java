/** Evaluates a model's completions of world prompts. Sampling and training are elsewhere. */
@NullMarked
package dev.attune.world.evaluation;

import org.jspecify.annotations.NullMarked;
