/** Returns, generalised advantage estimation, whitening: arithmetic on plain arrays. No tensors and no models. */
@NullMarked
package dev.attune.training.advantage;

import org.jspecify.annotations.NullMarked;
