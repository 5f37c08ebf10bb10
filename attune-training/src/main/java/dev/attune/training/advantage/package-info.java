/**
 * Returns, generalised advantage estimation, advantages of groups, whitening, dynamic sampling: arithmetic on plain arrays.
 * No tensors and no models.
 */
@NullMarked
package dev.attune.training.advantage;

import org.jspecify.annotations.NullMarked;
