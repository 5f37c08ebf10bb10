/** The supervised stage of Constitutional AI: critiques and revisions of answers, their faults, the data made from them. */
@NullMarked
package dev.attune.feedback.revision;

import org.jspecify.annotations.NullMarked;
