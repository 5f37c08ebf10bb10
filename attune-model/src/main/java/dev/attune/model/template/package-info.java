/**
 * Chat templates: from messages to the text that a model was trained on. {@link
 * dev.attune.model.conversation.ConversationEncoder} makes tokens of it.
 */
@NullMarked
package dev.attune.model.template;

import org.jspecify.annotations.NullMarked;
