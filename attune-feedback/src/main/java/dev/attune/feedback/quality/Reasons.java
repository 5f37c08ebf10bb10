package dev.attune.feedback.quality;

import dev.attune.core.error.BadInputException;

/** Words with which people account for what they do. */
final class Reasons {
    private static final int LONGEST = 10_000;

    private Reasons() {}

    /** @throws BadInputException if there are none, or a book of them */
    static void require(String place, String reason) {
        if (reason.isBlank() || reason.length() > LONGEST) {
            throw BadInputException.at(
                    place,
                    reason.isBlank() ? "no reason" : "a reason of " + reason.length() + " letters",
                    "a sentence",
                    "write one");
        }
    }
}
