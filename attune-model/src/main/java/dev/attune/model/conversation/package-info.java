/**
 * Conversations as tokens. {@link dev.attune.model.conversation.ConversationEncoder} is the one way in which prompts and
 * answers become tokens in training, scoring and generation.
 */
@NullMarked
package dev.attune.model.conversation;

import org.jspecify.annotations.NullMarked;
