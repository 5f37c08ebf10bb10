/** Losses as pure functions of tensors, each one equation. No models, no loops: those belong to the trainers. */
@NullMarked
package dev.attune.training.losses;

import org.jspecify.annotations.NullMarked;
