/** The interface of functions that score completions. */
@NullMarked
package dev.attune.core.reward;

import org.jspecify.annotations.NullMarked;
