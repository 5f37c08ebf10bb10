/** The pages on an evaluation by a suite: its figures, and the prompts, answers and verdicts behind each. */
@NullMarked
package dev.attune.studio.evaluation;

import org.jspecify.annotations.NullMarked;
