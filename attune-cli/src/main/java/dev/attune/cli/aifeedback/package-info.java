/** The commands of AI feedback: constitutions, critiques and revisions. They wire models to {@code attune-feedback}. */
@NullMarked
package dev.attune.cli.aifeedback;

import org.jspecify.annotations.NullMarked;
