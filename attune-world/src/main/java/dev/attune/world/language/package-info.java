/** The words of the world: phrasings, claims, names and how they are put together. It does not decide what is said. */
@NullMarked
package dev.attune.world.language;

import org.jspecify.annotations.NullMarked;
