/** The content of the pages on rollouts and reward hacking. Finding runs and answering requests belong to the parent package. */
@NullMarked
package dev.attune.studio.inspect;

import org.jspecify.annotations.NullMarked;
