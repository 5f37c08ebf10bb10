/**
 * How good the rankings of a project are: agreement, each labeler's habits, biases, drift, and answers to test
 * questions. It computes from rankings in memory; storage and display are elsewhere.
 */
@NullMarked
package dev.attune.core.stats.quality;

import org.jspecify.annotations.NullMarked;
