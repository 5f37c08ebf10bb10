/**
 * Datasets: reads files into rows, reports every fault by line, and writes files. Token counts come from callbacks.
 */
@NullMarked
package dev.attune.core.data;

import org.jspecify.annotations.NullMarked;
