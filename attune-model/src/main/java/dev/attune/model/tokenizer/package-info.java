/**
 * Text to token ids and back, by the {@code tokenizer.json} of a model directory, and the training of new byte-level BPE
 * tokenizers. Chat templates belong to the template package.
 */
@NullMarked
package dev.attune.model.tokenizer;

import org.jspecify.annotations.NullMarked;
