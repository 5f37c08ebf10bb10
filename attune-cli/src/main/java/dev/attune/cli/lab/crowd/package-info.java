/** Simulated labelers who rank in a studio over HTTP while it is killed and restarted. */
@NullMarked
package dev.attune.cli.lab.crowd;

import org.jspecify.annotations.NullMarked;
