/**
 * Runs as processes that outlive the studio, the supervisor that starts them, and the content of their directories. No pages,
 * rankings or training code.
 */
@NullMarked
package dev.attune.studio.run;

import org.jspecify.annotations.NullMarked;
