/**
 * Interfaces of functions that score completions and of their providers, best-of-n, and the seam behind which programs
 * run. Rules and verifiers are in {@code verify}, rewards of steps in {@code steps}; reward models belong to
 * attune-training.
 */
@NullMarked
package dev.attune.core.reward;

import org.jspecify.annotations.NullMarked;
