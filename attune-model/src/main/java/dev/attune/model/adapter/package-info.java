/**
 * Low-rank adapters: what they change, their weights, and their files in PEFT's format. The seam in the transformer is
 * {@link dev.attune.model.transformer.Adaptation}. Training methods, recipes and the choice of a base are not here.
 */
@NullMarked
package dev.attune.model.adapter;

import org.jspecify.annotations.NullMarked;
