/** Parses answers and compares them with the truth of the world. Independent of how answers are generated. */
@NullMarked
package dev.attune.world.judge;

import org.jspecify.annotations.NullMarked;
