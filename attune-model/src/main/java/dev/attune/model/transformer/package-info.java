/**
 * Decoder-only transformers: one description per family over shared blocks, language models, and reward models. Knows
 * nothing of files, texts, sampling or training methods.
 */
@NullMarked
package dev.attune.model.transformer;

import org.jspecify.annotations.NullMarked;
