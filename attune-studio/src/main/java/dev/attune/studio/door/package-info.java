/** Who may send which request: one person on one machine, or a team with accounts. */
@NullMarked
package dev.attune.studio.door;

import org.jspecify.annotations.NullMarked;
