package dev.attune.studio.playground;

import dev.attune.core.error.BadInputException;
import dev.attune.core.error.RunFailedException;
import dev.attune.core.model.TextCompletion;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import dev.attune.studio.models.FailureText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A message with the answers of both models. Synchronized on its chat. */
final class Turn {
    private final String id = UUID.randomUUID().toString();
    private final Prompt.Chat prompt;
    private final List<Integer> shown;
    private final List<Future<TextCompletion>> answers;
    private long seenAt;
    private @Nullable PairVote vote;

    /** @param shown the indices of the left and the right model */
    Turn(Prompt.Chat prompt, List<Integer> shown, List<Future<TextCompletion>> answers) {
        this.prompt = prompt;
        this.shown = List.copyOf(shown);
        this.answers = List.copyOf(answers);
    }

    String id() {
        return id;
    }

    Prompt.Chat prompt() {
        return prompt;
    }

    List<Integer> shown() {
        return shown;
    }

    boolean ready() {
        return answers.stream().allMatch(Future::isDone);
    }

    /** Waits until both answers are complete, at most this time. */
    void await(long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (Future<TextCompletion> answer : answers) {
            try {
                answer.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (ExecutionException | CancellationException | TimeoutException e) {
                // shown in its current state
            }
        }
    }

    /** A model's answer. */
    ModelAnswer answer(int model) {
        Future<TextCompletion> answer = answers.get(model);
        if (!answer.isDone()) {
            return ModelAnswer.PENDING;
        }
        try {
            return new ModelAnswer(answer.get().text(), ModelAnswer.State.GIVEN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunFailedException("interrupted", e);
        } catch (ExecutionException e) {
            return new ModelAnswer(FailureText.line(e.getCause() == null ? e : e.getCause()), ModelAnswer.State.FAILED);
        } catch (CancellationException e) {
            return new ModelAnswer("cancelled", ModelAnswer.State.FAILED);
        }
    }

    /**
     * The conversation up to here, without unanswered messages.
     *
     * @param side whose answer to take if there are two: 0 is left
     */
    List<Message> conversation(int side) {
        if (!ready()) {
            throw BadInputException.at("message", "answers in progress", "complete answers", "wait for them");
        }
        List<Message> asked = prompt.messages();
        Optional<ModelAnswer> answer = given(side).or(() -> given(1 - side));
        if (answer.isEmpty()) {
            return asked.subList(0, asked.size() - 1);
        }
        List<Message> messages = new ArrayList<>(asked);
        messages.add(Message.assistant(answer.get().text()));
        return messages;
    }

    private Optional<ModelAnswer> given(int side) {
        if (side < 0 || side > 1) {
            throw BadInputException.at("side", Integer.toString(side), "0 or 1", "load the page again");
        }
        return Optional.of(answer(shown.get(side))).filter(ModelAnswer::given);
    }

    /** Whether there are two answers without a vote. */
    boolean votable() {
        return vote == null && answer(0).given() && answer(1).given();
    }

    /** Starts the clock of the vote, once both answers are shown. */
    void seen() {
        if (seenAt == 0 && ready()) {
            seenAt = System.nanoTime();
        }
    }

    double secondsSeen() {
        return seenAt == 0 ? 0 : (System.nanoTime() - seenAt) / 1e9;
    }

    @Nullable
    PairVote vote() {
        return vote;
    }

    void decide(PairVote decided) {
        vote = decided;
    }
}
