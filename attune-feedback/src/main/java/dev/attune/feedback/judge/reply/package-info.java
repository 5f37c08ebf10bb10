/** Reads verdicts, scores and refusals from the replies of models. Pure functions of text. */
@NullMarked
package dev.attune.feedback.judge.reply;

import org.jspecify.annotations.NullMarked;
