/** The exceptions that carry a message for the user and an exit status. Programming errors stay ordinary runtime exceptions. */
@NullMarked
package dev.attune.core.error;

import org.jspecify.annotations.NullMarked;
