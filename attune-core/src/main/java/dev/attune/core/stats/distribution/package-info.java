/** Distributions behind intervals and p-values: functions of numbers, without data. */
@NullMarked
package dev.attune.core.stats.distribution;

import org.jspecify.annotations.NullMarked;
