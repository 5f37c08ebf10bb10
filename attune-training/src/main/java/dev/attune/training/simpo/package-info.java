/** {@code method: simpo}: preference optimisation by length-normalised log-probabilities, without a reference. The trainer is that of all methods on pairs. */
@NullMarked
package dev.attune.training.simpo;

import org.jspecify.annotations.NullMarked;
