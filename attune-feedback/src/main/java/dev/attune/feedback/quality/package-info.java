/**
 * What reviewers do about the quality of rankings: test questions, what has to be looked at, final orders, settled flags, and
 * who did how much. The figures themselves are statistics of attune-core.
 */
@NullMarked
package dev.attune.feedback.quality;

import org.jspecify.annotations.NullMarked;
