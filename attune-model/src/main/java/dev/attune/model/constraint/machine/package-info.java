/** Reads compact JSON byte by byte: what may follow, and how far it is to the end. Knows nothing of tokens. */
@NullMarked
package dev.attune.model.constraint.machine;

import org.jspecify.annotations.NullMarked;
