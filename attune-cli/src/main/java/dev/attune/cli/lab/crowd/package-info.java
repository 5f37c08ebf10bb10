/** Simulated labelers who rank in a studio over HTTP while it is killed under their hands. What they find is judged elsewhere. */
@NullMarked
package dev.attune.cli.lab.crowd;

import org.jspecify.annotations.NullMarked;
