/** Judges of AI feedback: who asks what, in which order, how the verdicts become numbers, and jobs over many items. */
@NullMarked
package dev.attune.feedback.judge;

import org.jspecify.annotations.NullMarked;
