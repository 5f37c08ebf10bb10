/** Logins, invitations, accounts, roles and the audit log. How a request is tied to a person is decided in the auth package. */
@NullMarked
package dev.attune.studio.team;

import org.jspecify.annotations.NullMarked;
