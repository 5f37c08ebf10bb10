/**
 * Calls to environments that may throw, hang or break their contract. Episodes and learning from them belong to the
 * packages of the methods.
 */
@NullMarked
package dev.attune.training.environment;

import org.jspecify.annotations.NullMarked;
