/** What the pages on rollouts and reward hacking show. Finding runs and answering requests belong to the package above. */
@NullMarked
package dev.attune.studio.inspect;

import org.jspecify.annotations.NullMarked;
