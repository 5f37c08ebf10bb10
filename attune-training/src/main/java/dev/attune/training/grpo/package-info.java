/** Group-relative policy optimisation and its variants: recipe, settings, and how they compose the on-policy core. */
@NullMarked
package dev.attune.training.grpo;

import org.jspecify.annotations.NullMarked;
