/**
 * Red teaming: campaigns of harmful requests in many disguises, the rates at which they succeed, and the attacks that did.
 * A campaign measures a model and gives prompts for its next round of training; it writes no harmful text of its own.
 */
@NullMarked
package dev.attune.feedback.redteam;

import org.jspecify.annotations.NullMarked;
