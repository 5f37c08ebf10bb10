/**
 * From a recipe to a finished run: loads models and data, runs the method's trainer, and writes the model with its
 * provenance. Each method has its own package; the run's folder is in {@code run}.
 */
@NullMarked
package dev.attune.training.launch;

import org.jspecify.annotations.NullMarked;
