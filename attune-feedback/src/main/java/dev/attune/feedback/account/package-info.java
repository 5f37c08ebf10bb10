/** Authentication: passwords, invitations, sessions and tokens of a team's store. Without HTTP. */
@NullMarked
package dev.attune.feedback.account;

import org.jspecify.annotations.NullMarked;
