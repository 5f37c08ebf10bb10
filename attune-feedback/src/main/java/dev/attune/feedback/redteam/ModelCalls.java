package dev.attune.feedback.redteam;

import dev.attune.core.error.BadInputException;
import dev.attune.core.error.RunFailedException;
import dev.attune.core.error.RunStoppedException;
import dev.attune.core.model.SamplingOptions;
import dev.attune.core.model.TextCompletion;
import dev.attune.core.model.TextModel;
import dev.attune.core.text.Prompt;
import dev.attune.feedback.endpoint.ParallelCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Calls of a model in which a failed call is a reply like others. A prompt that the model cannot take (one that is too long)
 * is a failed call too, unless nothing was answered yet: then the model or its address is wrong, and the campaign ends.
 */
final class ModelCalls {
    /**
     * A model's text, or why there is none.
     *
     * @param text null if the call failed
     * @param failure empty if there is a text
     */
    record Reply(@Nullable String text, String failure) {
        static Reply of(String text) {
            return new Reply(text, "");
        }

        static Reply failed(@Nullable String why) {
            return new Reply(null, why == null || why.isEmpty() ? "the call failed" : why);
        }
    }

    /** For models in this process: prompts are completed together. */
    static final int TOGETHER = 0;

    private final TextModel model;
    private final SamplingOptions options;
    private final int threads;
    private volatile boolean answered;

    /**
     * @param threads calls at once, a prompt each; {@link #TOGETHER} for one call with all prompts
     * @param answered whether the model has answered before
     */
    ModelCalls(TextModel model, SamplingOptions options, int threads, boolean answered) {
        this.model = model;
        this.options = options;
        this.threads = threads;
        this.answered = answered;
    }

    /** One reply per prompt, in order. */
    List<Reply> ask(List<Prompt> prompts, long seed) {
        if (threads == TOGETHER && prompts.size() > 1) {
            List<Reply> replies = together(prompts, seed);
            if (!replies.isEmpty()) {
                return replies;
            }
        }
        List<Integer> places = IntStream.range(0, prompts.size()).boxed().toList();
        List<Call> calls =
                ParallelCalls.map(places, Math.max(1, threads), place -> one(prompts.get(place), seed + place));
        for (Call call : calls) {
            if (call.refusal != null && !answered) {
                throw call.refusal;
            }
        }
        return calls.stream().map(Call::reply).toList();
    }

    /** @param refusal null unless the model cannot take the prompt */
    private record Call(Reply reply, @Nullable BadInputException refusal) {}

    /** Empty if the call failed: then each prompt is asked alone, so that one does not fail all. */
    private List<Reply> together(List<Prompt> prompts, long seed) {
        try {
            List<TextCompletion> completions = model.complete(prompts, options, seed);
            if (completions.size() != prompts.size()) {
                return List.of();
            }
            answered = true;
            List<Reply> replies = new ArrayList<>();
            completions.forEach(completion -> replies.add(Reply.of(completion.text())));
            return replies;
        } catch (RunFailedException | BadInputException e) {
            requireNotStopped();
            return List.of();
        }
    }

    private Call one(Prompt prompt, long seed) {
        try {
            List<TextCompletion> completions = model.complete(List.of(prompt), options, seed);
            if (completions.size() != 1) {
                return new Call(Reply.failed(completions.size() + " completions of one prompt"), null);
            }
            answered = true;
            return new Call(Reply.of(completions.get(0).text()), null);
        } catch (RunFailedException e) {
            requireNotStopped();
            return new Call(Reply.failed(e.getMessage()), null);
        } catch (BadInputException e) {
            return new Call(Reply.failed(e.getMessage()), e);
        }
    }

    private static void requireNotStopped() {
        if (Thread.currentThread().isInterrupted()) {
            throw new RunStoppedException("stopped during a call; run it again to continue");
        }
    }
}
