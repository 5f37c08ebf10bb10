/**
 * Sampling of completions for tasks: registered models, prompts that wait for completions, and selection of the
 * completions to compare. Without models, HTTP and threads.
 */
@NullMarked
package dev.attune.feedback.sampling;

import org.jspecify.annotations.NullMarked;
