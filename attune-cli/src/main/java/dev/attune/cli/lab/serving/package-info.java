/** The clients of the serving lab, and the server that they load. */
@NullMarked
package dev.attune.cli.lab.serving;

import org.jspecify.annotations.NullMarked;
