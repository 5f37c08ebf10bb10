/** Interfaces of language and reward models in terms of text and numbers, without tensors. */
@NullMarked
package dev.attune.core.model;

import org.jspecify.annotations.NullMarked;
