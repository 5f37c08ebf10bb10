/**
 * Tensor operations over libtorch, named as in equations; scopes that free native memory; initialisation of the engine;
 * seeded random numbers. Independent of models, texts and files.
 */
@NullMarked
package dev.attune.model.tensor;

import org.jspecify.annotations.NullMarked;
