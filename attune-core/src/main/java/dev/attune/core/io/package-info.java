/** Files: written whole or not at all, appended by whole lines, hashed, gzip or not. No formats. */
@NullMarked
package dev.attune.core.io;

import org.jspecify.annotations.NullMarked;
