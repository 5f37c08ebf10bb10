/** The page on the drafts of a job of critique and revision. */
@NullMarked
package dev.attune.studio.drafts;

import org.jspecify.annotations.NullMarked;
