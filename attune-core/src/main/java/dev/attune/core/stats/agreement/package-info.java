/** Agreement of raters and rankings beyond chance, with p-values; figures that data leave undefined have a reason. */
@NullMarked
package dev.attune.core.stats.agreement;

import org.jspecify.annotations.NullMarked;
