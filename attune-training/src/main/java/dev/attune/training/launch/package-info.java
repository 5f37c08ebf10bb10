/**
 * From a recipe to a finished run: loads models and data, runs the method's trainer, and writes the model with its
 * provenance. How a method learns lies in its own package, how a run's folder is kept in {@code run}.
 */
@NullMarked
package dev.attune.training.launch;

import org.jspecify.annotations.NullMarked;
