/** Who may come in: passwords, invitations, sessions and tokens of a team's store. No HTTP. */
@NullMarked
package dev.attune.feedback.account;

import org.jspecify.annotations.NullMarked;
