/**
 * Charts as SVG and formatted numbers, for reports and for the web application.
 */
@NullMarked
package dev.attune.core.chart;

import org.jspecify.annotations.NullMarked;
