/**
 * The evaluation of models by suites from files: running them, and the table, JSON and page of what was found. What a
 * measure asks and reads is in {@code dev.attune.feedback.evaluation}.
 */
@NullMarked
package dev.attune.cli.evaluation;

import org.jspecify.annotations.NullMarked;
