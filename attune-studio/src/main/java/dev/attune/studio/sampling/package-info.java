/** Samples completions for prompts that wait, in the background. What is left to do, and what was done, is in the store. */
@NullMarked
package dev.attune.studio.sampling;

import org.jspecify.annotations.NullMarked;
