/** Generated arithmetic, with flawed demonstrations of it: a task with a verifiable reward. No models, no training. */
@NullMarked
package dev.attune.world.arithmetic;

import org.jspecify.annotations.NullMarked;
