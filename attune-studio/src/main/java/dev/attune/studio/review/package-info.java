/** The review of tasks: the queue, and the page of each task. */
@NullMarked
package dev.attune.studio.review;

import org.jspecify.annotations.NullMarked;
