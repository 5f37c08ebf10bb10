/** Statistics over numbers, rankings and preferences: summaries, intervals, agreement, calibration, simple baselines. */
@NullMarked
package dev.attune.core.stats;

import org.jspecify.annotations.NullMarked;
