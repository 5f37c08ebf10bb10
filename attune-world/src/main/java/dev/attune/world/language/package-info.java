/** The wording of the world: phrasings, claims and small talk. The content is decided elsewhere. */
@NullMarked
package dev.attune.world.language;

import org.jspecify.annotations.NullMarked;
