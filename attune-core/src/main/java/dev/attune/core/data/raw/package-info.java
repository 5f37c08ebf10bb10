/** Rows as files hold them, before they are read in a format: JSON objects whose used keys are counted. */
@NullMarked
package dev.attune.core.data.raw;

import org.jspecify.annotations.NullMarked;
