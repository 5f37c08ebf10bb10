/**
 * Self-contained HTML reports: inline style, script and SVG, nothing from the network. Charts here are small and plain;
 * which figures a report shows is decided by who writes it.
 */
@NullMarked
package dev.attune.cli.report;

import org.jspecify.annotations.NullMarked;
