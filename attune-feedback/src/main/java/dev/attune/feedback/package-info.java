/** Feedback by people: tasks, rankings and their quality. Depends only on attune-core. */
@NullMarked
package dev.attune.feedback;

import org.jspecify.annotations.NullMarked;
