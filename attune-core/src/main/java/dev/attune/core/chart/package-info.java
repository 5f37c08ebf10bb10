/**
 * Curves as SVG and numbers as people read them, for reports and for the web application. No pages: which figures are shown
 * where is decided by who shows them.
 */
@NullMarked
package dev.attune.core.chart;

import org.jspecify.annotations.NullMarked;
