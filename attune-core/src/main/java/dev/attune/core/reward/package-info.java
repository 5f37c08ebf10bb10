/** The interface through which anything scores completions. */
@NullMarked
package dev.attune.core.reward;

import org.jspecify.annotations.NullMarked;
