/** Experiments: each prints its figures with targets and fails on a miss. */
@NullMarked
package dev.attune.cli.lab;

import org.jspecify.annotations.NullMarked;
