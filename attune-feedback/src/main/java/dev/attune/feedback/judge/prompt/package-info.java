/** Writes the prompts of judges. Judged text cannot close its block or pass for a verdict. */
@NullMarked
package dev.attune.feedback.judge.prompt;

import org.jspecify.annotations.NullMarked;
