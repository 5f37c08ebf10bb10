/** {@code method: kto}: Kahneman-Tversky optimisation on completions that are each judged desirable or not. */
@NullMarked
package dev.attune.training.kto;

import org.jspecify.annotations.NullMarked;
