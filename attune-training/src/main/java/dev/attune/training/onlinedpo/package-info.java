/** DPO on pairs of the policy's own completions: recipe, settings, and how they compose the on-policy core. */
@NullMarked
package dev.attune.training.onlinedpo;

import org.jspecify.annotations.NullMarked;
