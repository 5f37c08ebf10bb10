/** JSON schemas taken apart: which values of each type they allow, as automata, sets of numbers and shapes of containers. */
@NullMarked
package dev.attune.model.constraint.schema;

import org.jspecify.annotations.NullMarked;
