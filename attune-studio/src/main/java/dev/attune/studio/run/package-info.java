/**
 * Runs as processes that outlive the studio, the queue that starts them, and what their directories show while they grow. No
 * pages, no rankings and no training: that is another process.
 */
@NullMarked
package dev.attune.studio.run;

import org.jspecify.annotations.NullMarked;
