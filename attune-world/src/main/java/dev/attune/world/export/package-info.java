/** Writes prompts, documents and facts of the world as JSON lines. */
@NullMarked
package dev.attune.world.export;

import org.jspecify.annotations.NullMarked;
