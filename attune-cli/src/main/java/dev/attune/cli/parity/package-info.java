/** Comparison with numbers that another implementation stored. The experiments that use it are in the lab package. */
@NullMarked
package dev.attune.cli.parity;

import org.jspecify.annotations.NullMarked;
