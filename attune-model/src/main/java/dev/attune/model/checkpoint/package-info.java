/**
 * Model directories in the layout of Hugging Face: config.json, generation_config.json, weights, tokenizer. Combines
 * the config, safetensors, tokenizer and transformer packages, which implement the formats.
 */
@NullMarked
package dev.attune.model.checkpoint;

import org.jspecify.annotations.NullMarked;
