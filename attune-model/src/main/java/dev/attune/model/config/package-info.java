/**
 * Model configurations: reads the {@code config.json} of transformers 4 and 5 (dimensions, attention, rotary
 * embeddings, token ids) by the rules of a {@link dev.attune.model.config.Family}, and refuses by name every key with an
 * unsupported effect on the computation. The families themselves belong to the family package, weights and tensors to
 * the safetensors and transformer packages.
 */
@NullMarked
package dev.attune.model.config;

import org.jspecify.annotations.NullMarked;
