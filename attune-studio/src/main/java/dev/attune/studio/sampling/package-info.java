/** Samples completions for queued prompts in the background. The state is in the store. */
@NullMarked
package dev.attune.studio.sampling;

import org.jspecify.annotations.NullMarked;
