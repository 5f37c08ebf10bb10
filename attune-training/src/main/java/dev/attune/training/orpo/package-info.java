/** {@code method: orpo}: supervised fine-tuning with an odds-ratio term on pairs, without a reference. The trainer is that of all methods on pairs. */
@NullMarked
package dev.attune.training.orpo;

import org.jspecify.annotations.NullMarked;
