package dev.attune.feedback.quality;

import dev.attune.core.error.BadInputException;

/** Checks the reasons that people give for their actions. */
final class Reasons {
    private static final int MAX_LENGTH = 10_000;

    private Reasons() {}

    /** @throws BadInputException if the reason is empty or too long */
    static void require(String place, String reason) {
        if (reason.isBlank() || reason.length() > MAX_LENGTH) {
            throw BadInputException.at(
                    place,
                    reason.isBlank() ? "no reason" : "a reason of " + reason.length() + " characters",
                    "a sentence",
                    "write one");
        }
    }
}
