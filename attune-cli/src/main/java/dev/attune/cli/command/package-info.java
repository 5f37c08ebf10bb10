/**
 * What commands are built of: their base class, the runner of a command line, and the messages and exit statuses of
 * failures. No command lives here.
 */
@NullMarked
package dev.attune.cli.command;

import org.jspecify.annotations.NullMarked;
