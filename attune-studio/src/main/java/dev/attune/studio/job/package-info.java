/** Directories of jobs of AI feedback and evaluation below the directory of runs, and their list. */
@NullMarked
package dev.attune.studio.job;

import org.jspecify.annotations.NullMarked;
