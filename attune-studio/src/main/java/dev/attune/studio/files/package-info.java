/** Files that grow or are replaced while pages show them: stamps, caches, indexes of lines. What they hold belongs to others. */
@NullMarked
package dev.attune.studio.files;

import org.jspecify.annotations.NullMarked;
