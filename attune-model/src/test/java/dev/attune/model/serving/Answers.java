package dev.attune.model.serving;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Collects the tokens of one request. */
final class Answers implements TokenSink {
    final List<SampledToken> prompt = new ArrayList<>();
    final List<SampledToken> tokens = new ArrayList<>();
    final CompletableFuture<Finish> end = new CompletableFuture<>();
    private final int wanted;

    private Answers(int wanted) {
        this.wanted = wanted;
    }

    /** Takes in all tokens. */
    static Answers all() {
        return new Answers(Integer.MAX_VALUE);
    }

    /** Takes in so many tokens and needs no more. */
    static Answers first(int wanted) {
        return new Answers(wanted);
    }

    static Answers of(TokenEngine engine, TokenRequest request) {
        Answers answers = all();
        engine.submit(request, answers);
        answers.finish();
        return answers;
    }

    Finish finish() {
        try {
            return end.get(120, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    List<Integer> ids() {
        finish();
        return tokens.stream().map(SampledToken::id).toList();
    }

    List<Float> logProbs() {
        finish();
        return tokens.stream().map(SampledToken::logProb).toList();
    }

    @Override
    public void prompt(SampledToken token) {
        prompt.add(token);
    }

    @Override
    public boolean sampled(SampledToken token) {
        tokens.add(token);
        return tokens.size() < wanted;
    }

    @Override
    public void finished(Finish reason) {
        end.complete(reason);
    }

    @Override
    public void failed(RuntimeException reason) {
        end.completeExceptionally(reason);
    }
}
