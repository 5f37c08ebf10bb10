/**
 * How good the rankings of a project are: agreement, each labeler's habits, biases, drift, and answers to test questions. Over
 * rankings alone: if they are kept and how figures are shown is decided elsewhere.
 */
@NullMarked
package dev.attune.core.stats.quality;

import org.jspecify.annotations.NullMarked;
