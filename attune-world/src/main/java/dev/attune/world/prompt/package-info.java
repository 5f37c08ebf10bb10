/** Samples the prompts of a split: questions and requests with entities, notes and wording. Answers are written elsewhere. */
@NullMarked
package dev.attune.world.prompt;

import org.jspecify.annotations.NullMarked;
