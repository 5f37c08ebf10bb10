/** The page on the judgements of a job of annotation. */
@NullMarked
package dev.attune.studio.judgements;

import org.jspecify.annotations.NullMarked;
