/** Functions that a model may call: their descriptions, the constraint of a call, and the calls in an answer. */
@NullMarked
package dev.attune.serve.tool;

import org.jspecify.annotations.NullMarked;
