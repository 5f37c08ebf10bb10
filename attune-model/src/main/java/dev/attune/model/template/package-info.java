/**
 * From messages to the text and tokens that a model was trained on. The one way in which prompts become tokens is {@link
 * dev.attune.model.template.PromptEncoder}.
 */
@NullMarked
package dev.attune.model.template;

import org.jspecify.annotations.NullMarked;
