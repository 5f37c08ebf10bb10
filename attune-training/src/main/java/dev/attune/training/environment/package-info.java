/**
 * Calls to environments that may throw, hang or break their contract. What episodes are made of and learned from belongs to
 * the packages of the methods.
 */
@NullMarked
package dev.attune.training.environment;

import org.jspecify.annotations.NullMarked;
