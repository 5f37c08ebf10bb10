/** The page on which a labeler ranks, for browsers and programs. */
@NullMarked
package dev.attune.studio.ranking;

import org.jspecify.annotations.NullMarked;
