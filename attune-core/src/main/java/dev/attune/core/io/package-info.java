/** Files, independent of their format: atomic writing, logs of complete lines, hashes, gzip. */
@NullMarked
package dev.attune.core.io;

import org.jspecify.annotations.NullMarked;
