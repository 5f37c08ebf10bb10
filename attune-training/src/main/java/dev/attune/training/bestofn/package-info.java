/** Fine-tuning on the best of n completions: recipe, settings, and how they compose the on-policy core. */
@NullMarked
package dev.attune.training.bestofn;

import org.jspecify.annotations.NullMarked;
