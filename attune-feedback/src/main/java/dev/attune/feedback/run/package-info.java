/**
 * What the database knows of training: runs that were asked for, in which order they come and what became of them, and rounds
 * of new completions. No processes and no run directories: those belong to whoever starts them.
 */
@NullMarked
package dev.attune.feedback.run;

import org.jspecify.annotations.NullMarked;
