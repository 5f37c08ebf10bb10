/**
 * Model configurations: reads the {@code config.json} of transformers 4 and 5 (dimensions, attention, rotary
 * embeddings, token ids) and refuses by name every key with an unsupported effect on the computation. Weights and
 * tensors belong to the safetensors and transformer packages.
 */
@NullMarked
package dev.attune.model.config;

import org.jspecify.annotations.NullMarked;
