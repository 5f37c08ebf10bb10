/**
 * Client for language models behind OpenAI's protocol for chat completions, which most servers support. Without
 * database and pages.
 */
@NullMarked
package dev.attune.feedback.endpoint;

import org.jspecify.annotations.NullMarked;
