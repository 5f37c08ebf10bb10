/** Judges of harm: whether the answer of a model is harmful, by words, by a judge model, or by a classifier. */
@NullMarked
package dev.attune.feedback.harm;

import org.jspecify.annotations.NullMarked;
