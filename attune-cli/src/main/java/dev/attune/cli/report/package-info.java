/**
 * Self-contained HTML reports: inline style, script and SVG, nothing from the network. The writer of a report chooses
 * its figures; curves come from {@code dev.attune.core.chart}.
 */
@NullMarked
package dev.attune.cli.report;

import org.jspecify.annotations.NullMarked;
