/**
 * Review of rankings: test questions, the list of tasks to review, final orders, settled flags, and progress per
 * person. Figures of quality are computed in attune-core.
 */
@NullMarked
package dev.attune.feedback.quality;

import org.jspecify.annotations.NullMarked;
