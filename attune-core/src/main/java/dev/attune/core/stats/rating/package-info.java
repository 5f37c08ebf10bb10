/** Ratings of models from comparisons of two at a time, after Bradley and Terry. */
@NullMarked
package dev.attune.core.stats.rating;

import org.jspecify.annotations.NullMarked;
