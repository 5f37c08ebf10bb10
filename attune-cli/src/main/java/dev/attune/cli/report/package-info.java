/**
 * Self-contained HTML reports: inline style, script and SVG, nothing from the network. Which figures a report shows is
 * decided by who writes it; curves come from {@code dev.attune.core.chart}.
 */
@NullMarked
package dev.attune.cli.report;

import org.jspecify.annotations.NullMarked;
