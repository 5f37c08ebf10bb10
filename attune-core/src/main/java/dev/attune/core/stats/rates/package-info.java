/**
 * Rates over rows that judges scored: what counts, what is left out and why, intervals, corrections for a judge's errors,
 * comparisons of two models on the same rows.
 */
@NullMarked
package dev.attune.core.stats.rates;

import org.jspecify.annotations.NullMarked;
