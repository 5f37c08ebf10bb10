/**
 * Encoding of conversations. {@link dev.attune.model.conversation.ConversationEncoder} encodes all prompts and answers
 * in training, scoring and generation.
 */
@NullMarked
package dev.attune.model.conversation;

import org.jspecify.annotations.NullMarked;
