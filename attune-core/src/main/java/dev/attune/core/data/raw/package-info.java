/** Raw rows of files: JSON objects that record which of their keys were used. */
@NullMarked
package dev.attune.core.data.raw;

import org.jspecify.annotations.NullMarked;
