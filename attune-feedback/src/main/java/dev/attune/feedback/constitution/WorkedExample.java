package dev.attune.feedback.constitution;

import org.jspecify.annotations.Nullable;

/**
 * A critique with its revision, shown to a model before it writes its own.
 *
 * @param prompt what a user asked
 * @param answer the answer that is criticised
 * @param principle whose critique and revision requests are answered
 * @param critique the answer to the critique request
 * @param revision the answer to the revision request; null if the critique finds no fault
 */
public record WorkedExample(
        String prompt,
        String answer,
        String principle,
        String critique,
        @Nullable String revision) {}
