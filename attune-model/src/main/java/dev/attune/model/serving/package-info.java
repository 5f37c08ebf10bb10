/**
 * Continuous batching: sequences of many requests decode together, join and leave at any step, and none changes another's
 * digits. Knows tokens alone: text, templates and stop strings are the caller's.
 */
@NullMarked
package dev.attune.model.serving;

import org.jspecify.annotations.NullMarked;
