/** The run directory, its logs, checkpoints and resume, progress; one run of any method. No mathematics. */
@NullMarked
package dev.attune.training.run;

import org.jspecify.annotations.NullMarked;
