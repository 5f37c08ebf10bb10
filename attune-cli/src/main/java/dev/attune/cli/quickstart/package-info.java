/**
 * The whole loop on the built-in model and world: sample, rank, derive preferences, reward model, PPO, evaluate, report.
 * Each stage leaves files that the next one reads, and training stages are ordinary runs of recipes that stay in the
 * folder. The world's truth is used to simulate labelers and to evaluate; training only measures it, as a held-out metric of weight 0.
 */
@NullMarked
package dev.attune.cli.quickstart;

import org.jspecify.annotations.NullMarked;
