/**
 * Datasets: files of people's data read into rows, with every fault reported by line, and written again. No tokens: those
 * arrive as callbacks that count them.
 */
@NullMarked
package dev.attune.core.data;

import org.jspecify.annotations.NullMarked;
