/**
 * Completions that are sampled from models instead of being brought along: which models there are, which prompts wait for
 * completions, and which completions people should compare. No model itself, no HTTP and no threads.
 */
@NullMarked
package dev.attune.feedback.sampling;

import org.jspecify.annotations.NullMarked;
