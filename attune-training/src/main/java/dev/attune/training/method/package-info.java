/**
 * The seam for training methods: what a method is, how the registered ones are found and recipes of them read and written,
 * and what a run holds open for them. Each method has its own package; none is known by name here.
 */
@NullMarked
package dev.attune.training.method;

import org.jspecify.annotations.NullMarked;
