/** The pages on rollouts and reward hacking. Finding runs belongs to {@code dev.attune.studio.run}. */
@NullMarked
package dev.attune.studio.inspect;

import org.jspecify.annotations.NullMarked;
