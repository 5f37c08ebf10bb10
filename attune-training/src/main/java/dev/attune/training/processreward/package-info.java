/** Process reward models: training on solutions whose steps are labelled. No policies. */
@NullMarked
package dev.attune.training.processreward;

import org.jspecify.annotations.NullMarked;
