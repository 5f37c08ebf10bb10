/** Reward models: training on comparisons, accuracy, calibration, normalisation, the gate. No policies. */
@NullMarked
package dev.attune.training.reward;

import org.jspecify.annotations.NullMarked;
