/** The interfaces through which others reach language and reward models, in text and numbers. No tensors. */
@NullMarked
package dev.attune.core.model;

import org.jspecify.annotations.NullMarked;
