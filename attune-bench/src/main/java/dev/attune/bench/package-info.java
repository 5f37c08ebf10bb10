/** Measurements of other libraries for the comparison with Attune. Nothing here is used by Attune. */
@NullMarked
package dev.attune.bench;

import org.jspecify.annotations.NullMarked;
