/** Win rates of a model over a baseline, raw and corrected for the length of answers as AlpacaEval 2 does. */
@NullMarked
package dev.attune.core.stats.winrate;

import org.jspecify.annotations.NullMarked;
