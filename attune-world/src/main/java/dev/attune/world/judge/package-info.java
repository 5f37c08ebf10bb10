/** Reads what an answer says and holds it against the truth of the world. It never sees how an answer came about. */
@NullMarked
package dev.attune.world.judge;

import org.jspecify.annotations.NullMarked;
