/**
 * Named tensor operations over libtorch, so that algebra reads like the equations; scopes that bound native memory; the
 * engine's start; seeded randomness. Knows nothing of models, texts or files.
 */
@NullMarked
package dev.attune.model.tensor;

import org.jspecify.annotations.NullMarked;
