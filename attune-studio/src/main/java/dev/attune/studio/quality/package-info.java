/** The page on the quality of rankings. The figures are computed in attune-feedback and attune-core. */
@NullMarked
package dev.attune.studio.quality;

import org.jspecify.annotations.NullMarked;
