/** {@code method: cpo}: contrastive preference optimisation on pairs, without a reference. The trainer is that of all methods on pairs. */
@NullMarked
package dev.attune.training.cpo;

import org.jspecify.annotations.NullMarked;
