/**
 * Decoder-only transformers: a specification per family over shared blocks, language models, and reward models.
 * Independent of files, texts, sampling and training methods.
 */
@NullMarked
package dev.attune.model.transformer;

import org.jspecify.annotations.NullMarked;
