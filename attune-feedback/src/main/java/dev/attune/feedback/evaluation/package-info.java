/**
 * Evaluation of a model by suites of prompts: requests that should be refused or answered, questions with and without an
 * answer, true statements beside false ones, options under social pressure, the probability of prose, and answers of two
 * models against each other. Every figure keeps the prompts, answers and verdicts behind it.
 *
 * <p>Not here: judges and the reading of verdicts ({@link dev.attune.feedback.judge}), red teaming, and the statistics
 * themselves, which are in {@code dev.attune.core.stats}.
 */
@NullMarked
package dev.attune.feedback.evaluation;

import org.jspecify.annotations.NullMarked;
