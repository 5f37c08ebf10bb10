/** Conversations with two models side by side, and votes on their answers. No pages. */
@NullMarked
package dev.attune.studio.playground;

import org.jspecify.annotations.NullMarked;
