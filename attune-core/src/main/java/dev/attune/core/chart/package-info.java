/**
 * Charts as SVG and formatted numbers, for reports and for the web application, which decide where to show them.
 */
@NullMarked
package dev.attune.core.chart;

import org.jspecify.annotations.NullMarked;
