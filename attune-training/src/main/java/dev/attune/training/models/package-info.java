/** The models of a run: where a recipe's models are, the model that training starts from, and checks that they fit each other. */
@NullMarked
package dev.attune.training.models;

import org.jspecify.annotations.NullMarked;
