/** AI preferences: pairs of completions that a judge compares under sampled principles, and how good the judge is. */
@NullMarked
package dev.attune.feedback.annotation;

import org.jspecify.annotations.NullMarked;
