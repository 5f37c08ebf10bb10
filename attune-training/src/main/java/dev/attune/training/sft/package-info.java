/** Supervised training on token documents: pretraining and fine-tuning, with packing. No preferences and no rewards. */
@NullMarked
package dev.attune.training.sft;

import org.jspecify.annotations.NullMarked;
