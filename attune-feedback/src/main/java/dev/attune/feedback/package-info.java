/** Feedback by people: what is asked of them, what they answered, and how well they agree. Knows attune-core alone. */
@NullMarked
package dev.attune.feedback;

import org.jspecify.annotations.NullMarked;
