/** Verifiable rewards: rules that decide on a completion by its text and the columns of its prompt's row. */
@NullMarked
package dev.attune.core.reward.verify;

import org.jspecify.annotations.NullMarked;
