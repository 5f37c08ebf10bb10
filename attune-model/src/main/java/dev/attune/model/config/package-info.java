/**
 * What a {@code config.json} says about a model, in Attune's words: dimensions, attention, rotary embeddings, token ids.
 * Reads the files of transformers 4 and 5 and refuses by name whatever would change the computation and is not
 * understood. No weights and no tensors: those belong to the safetensors and transformer packages.
 */
@NullMarked
package dev.attune.model.config;

import org.jspecify.annotations.NullMarked;
