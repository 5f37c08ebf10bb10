/** Refusals and failures in the shape that OpenAI's clients read. */
@NullMarked
package dev.attune.serve.error;

import org.jspecify.annotations.NullMarked;
