/**
 * Whole models on disk, in the layout of Hugging Face: config.json, generation_config.json, weights, tokenizer. Puts
 * the config, safetensors, tokenizer and transformer packages together; the formats themselves belong to those.
 */
@NullMarked
package dev.attune.model.checkpoint;

import org.jspecify.annotations.NullMarked;
