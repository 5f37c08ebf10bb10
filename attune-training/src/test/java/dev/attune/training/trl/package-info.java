/** Replays of TRL's stored trajectories, step by step; the files and how they were made: {@code resources/trl/README.md}. */
@NullMarked
package dev.attune.training.trl;

import org.jspecify.annotations.NullMarked;
