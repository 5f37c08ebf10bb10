/** Counters and histograms in Prometheus' text format. */
@NullMarked
package dev.attune.serve.metrics;

import org.jspecify.annotations.NullMarked;
