/** Authentication: one person on one machine, or a team with accounts. */
@NullMarked
package dev.attune.studio.auth;

import org.jspecify.annotations.NullMarked;
