/** {@code method: dpo}: direct preference optimisation and the losses of its family. The trainer is that of all methods on pairs. */
@NullMarked
package dev.attune.training.dpo;

import org.jspecify.annotations.NullMarked;
