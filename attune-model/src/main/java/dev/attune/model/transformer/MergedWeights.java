package dev.attune.model.transformer;

import dev.attune.model.config.ModelConfig;
import dev.attune.model.tensor.Tensor;
import java.util.Map;

/**
 * The weights of a model without adaptation, as a checkpoint holds them.
 *
 * @param config for these weights; untied if the output projection differs from the embedding
 * @param byName in the checkpoint's order; float32 where an adaptation changed them
 */
public record MergedWeights(ModelConfig config, Map<String, Tensor> byName) {}
