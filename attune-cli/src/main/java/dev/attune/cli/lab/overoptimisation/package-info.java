/** Gold and proxy scores of best of n and of PPO against the distance from the initial policy, for several proxies. */
@NullMarked
package dev.attune.cli.lab.overoptimisation;

import org.jspecify.annotations.NullMarked;
