/** Answers as JSON, whole and in chunks. */
@NullMarked
package dev.attune.serve.answer;

import org.jspecify.annotations.NullMarked;
