/** Conversations with two models side by side, and what people think of their answers. No pages. */
@NullMarked
package dev.attune.studio.playground;

import org.jspecify.annotations.NullMarked;
