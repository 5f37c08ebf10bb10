/** Sets of texts as automata over code points, how JSON writes them in bytes, and sets of numbers by their decimal text. */
@NullMarked
package dev.attune.model.constraint.text;

import org.jspecify.annotations.NullMarked;
