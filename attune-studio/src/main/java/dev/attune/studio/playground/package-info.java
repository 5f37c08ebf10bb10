/** Conversations with two models side by side, votes on their answers, and the pages of both. */
@NullMarked
package dev.attune.studio.playground;

import org.jspecify.annotations.NullMarked;
