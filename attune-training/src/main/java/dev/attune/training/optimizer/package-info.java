/** AdamW on flat buffers, learning-rate schedules, gradient clipping. Together with dev.attune.model the only code that touches libtorch. */
@NullMarked
package dev.attune.training.optimizer;

import org.jspecify.annotations.NullMarked;
