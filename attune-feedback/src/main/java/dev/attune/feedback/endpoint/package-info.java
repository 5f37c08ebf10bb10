/**
 * Language models that another program serves, over the protocol for chat completions that OpenAI's API began and most
 * servers speak. No database and no pages.
 */
@NullMarked
package dev.attune.feedback.endpoint;

import org.jspecify.annotations.NullMarked;
