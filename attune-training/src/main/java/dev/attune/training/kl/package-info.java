/** The distance between policy and reference: estimators, and controllers of the penalty's coefficient. No losses. */
@NullMarked
package dev.attune.training.kl;

import org.jspecify.annotations.NullMarked;
