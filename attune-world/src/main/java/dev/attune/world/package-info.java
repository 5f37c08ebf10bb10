/**
 * The built-in world: a small invented valley whose truth is known, its names and word lists, and what a prompt about it
 * consists of. Prompts, wording, corpus, judge, simulated labelers and evaluation are in the subpackages. No tensors and
 * no training here.
 */
@NullMarked
package dev.attune.world;

import org.jspecify.annotations.NullMarked;
