/**
 * Runs as processes that outlive the studio, the supervisor that starts them, the content of their directories, and their
 * pages. No rankings or training code.
 */
@NullMarked
package dev.attune.studio.run;

import org.jspecify.annotations.NullMarked;
