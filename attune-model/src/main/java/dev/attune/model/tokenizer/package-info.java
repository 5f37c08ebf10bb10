/**
 * Tokenizers: encoding and decoding by the {@code tokenizer.json} of a model directory, and training of byte-level BPE
 * tokenizers. Chat templates belong to the template package.
 */
@NullMarked
package dev.attune.model.tokenizer;

import org.jspecify.annotations.NullMarked;
