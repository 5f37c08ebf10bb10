/** Samples completions for queued prompts in the background, with the page of the jobs. The state is in the store. */
@NullMarked
package dev.attune.studio.sampling;

import org.jspecify.annotations.NullMarked;
