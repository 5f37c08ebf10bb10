/**
 * Chat templates: from messages to the text that a model was trained on.
 * {@link dev.attune.model.conversation.ConversationEncoder} encodes it as tokens.
 */
@NullMarked
package dev.attune.model.template;

import org.jspecify.annotations.NullMarked;
