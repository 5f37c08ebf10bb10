/**
 * The built-in world: a small invented valley whose truth is known, the prompts asked about it and their splits. Its
 * wording, corpus, judge, simulated labelers and evaluation are in the subpackages. No tensors and no training here.
 */
@NullMarked
package dev.attune.world;

import org.jspecify.annotations.NullMarked;
