/**
 * Training in the database: the queue of runs with their states, and rounds of new completions. Processes and run
 * directories are managed elsewhere.
 */
@NullMarked
package dev.attune.feedback.run;

import org.jspecify.annotations.NullMarked;
