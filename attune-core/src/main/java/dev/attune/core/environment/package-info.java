/**
 * Interfaces of text environments and of the providers through which recipes find them. Running episodes and learning
 * from them belongs to attune-training.
 */
@NullMarked
package dev.attune.core.environment;

import org.jspecify.annotations.NullMarked;
