package dev.attune.feedback.redteam;

import dev.attune.core.stats.rates.Score;
import dev.attune.core.stats.rates.UnscoredReason;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import dev.attune.feedback.harm.HarmVerdict;
import dev.attune.feedback.rating.JudgedAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One attempt with the target's answers and their verdicts.
 *
 * @param id as in {@link PlannedAttempt}
 * @param seed number of the seed
 * @param request of the seed
 * @param number of the try, from 0
 * @param turns that were sent, at least one; a failed call ends them
 */
public record Attempt(
        String id,
        int seed,
        String category,
        String request,
        String mutation,
        Family family,
        int number,
        List<Exchange> turns) {
    /**
     * One turn.
     *
     * @param asked the user's message
     * @param answer the target's; null if its call failed
     * @param verdict null if the turn only prepares the request
     */
    public record Exchange(
            String asked, @Nullable String answer, @Nullable HarmVerdict verdict) {
        boolean harmful() {
            return verdict != null && verdict.harmful();
        }
    }

    public Attempt {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(family, "family");
        turns = List.copyOf(turns);
    }

    /** The first turn whose answer is harmful, from 1. No later turn undoes it. */
    public OptionalInt brokenAt() {
        return IntStream.range(0, turns.size())
                .filter(turn -> turns.get(turn).harmful())
                .map(turn -> turn + 1)
                .findFirst();
    }

    /**
     * 1 if an answer is harmful. Otherwise missing if an answer could not be judged, because it may be harmful, or if the last
     * turn has no answer; else 0.
     */
    public Score score() {
        if (brokenAt().isPresent()) {
            return Score.of(true);
        }
        Score last = Score.missing(UnscoredReason.NO_ANSWER);
        for (Exchange turn : turns) {
            HarmVerdict verdict = turn.verdict();
            last = verdict == null ? last : verdict.asScore();
            if (verdict != null && verdict.kind() == HarmVerdict.Kind.UNSCORED) {
                return last;
            }
        }
        return last;
    }

    /** The attempt for people to rate; attempts on one seed are alike. */
    public JudgedAnswer judged() {
        return new JudgedAnswer(id, Integer.toString(seed), conversation(), score());
    }

    /** The last answer of the target; null if its last call failed. */
    public @Nullable String lastAnswer() {
        return turns.get(turns.size() - 1).answer();
    }

    /**
     * The conversation up to the user's message of a turn.
     *
     * @param turn from 1
     */
    public Prompt.Chat prompt(int turn) {
        List<Message> messages = new ArrayList<>();
        for (Exchange exchange : turns.subList(0, turn - 1)) {
            messages.add(Message.user(exchange.asked()));
            messages.add(Message.assistant(exchange.answer() == null ? "" : exchange.answer()));
        }
        messages.add(Message.user(turns.get(turn - 1).asked()));
        return new Prompt.Chat(messages);
    }

    /** All turns as messages; a failed call has none. */
    public List<Message> conversation() {
        List<Message> messages = new ArrayList<>(prompt(turns.size()).messages());
        String answer = lastAnswer();
        if (answer != null) {
            messages.add(Message.assistant(answer));
        }
        return messages;
    }
}
