/** JSON mappers and line-by-line reading of JSON. What the lines mean belongs to the packages that use it. */
@NullMarked
package dev.attune.core.json;

import org.jspecify.annotations.NullMarked;
