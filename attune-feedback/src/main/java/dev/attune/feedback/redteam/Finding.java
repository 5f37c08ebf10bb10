package dev.attune.feedback.redteam;

import dev.attune.core.text.Prompt;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An attack that succeeded, with those that are nearly the same.
 *
 * @param rank from 1
 * @param request of the seed
 * @param prompt the conversation up to the message that was answered with harm
 * @param answer the harmful answer
 * @param score the judge's; null if it gives none
 * @param detail the judge's words
 * @param hits of the attack's tries
 * @param tries of the attack that were scored
 * @param attempts ids of all attempts that succeeded with this attack or one that is nearly the same
 */
public record Finding(
        int rank,
        String category,
        String request,
        String mutation,
        Family family,
        Prompt prompt,
        String answer,
        @Nullable Double score,
        String detail,
        int hits,
        int tries,
        List<String> attempts) {
    public Finding {
        attempts = List.copyOf(attempts);
    }
}
