/** Prompts, messages and completions as text, and spans of it. No tokens: those belong to attune-model. */
@NullMarked
package dev.attune.core.text;

import org.jspecify.annotations.NullMarked;
