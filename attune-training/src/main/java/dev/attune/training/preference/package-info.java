/**
 * What the methods that learn offline from judged completions share: pairs as tokens, the reference's log-probabilities with
 * their cache, and the trainer of losses over pairs. The losses are in {@link dev.attune.training.losses}; recipes are in the
 * methods' own packages.
 */
@NullMarked
package dev.attune.training.preference;

import org.jspecify.annotations.NullMarked;
