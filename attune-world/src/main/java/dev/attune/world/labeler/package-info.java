/**
 * Simulated labelers: rules with noise and biases in place of people who rank completions. Training gets information
 * about the truth only through their rankings. Reports that use these rankings must say that they are simulated.
 */
@NullMarked
package dev.attune.world.labeler;

import org.jspecify.annotations.NullMarked;
