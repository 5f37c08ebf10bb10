package dev.attune.serve.generation;

import dev.attune.model.serving.SampledToken;
import dev.attune.model.serving.TokenSink;
import dev.attune.serve.text.AnswerText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the tokens of one answer until somebody reads them. Bounded by the largest number of tokens of the answer. */
final class ChoiceRun implements TokenSink {
    private final Generation generation;
    private final AnswerText answer;
    private final Set<Integer> endTokens;

    private final StringBuilder text = new StringBuilder();
    private final List<SampledToken> prompt = new ArrayList<>();
    private final List<SampledToken> tokens = new ArrayList<>();
    private final List<Integer> ids = new ArrayList<>();
    private @Nullable Ending ending;
    private boolean done;

    ChoiceRun(Generation generation, AnswerText answer, Set<Integer> endTokens) {
        this.generation = generation;
        this.answer = answer;
        this.endTokens = endTokens;
    }

    @Override
    public void prompt(SampledToken token) {
        synchronized (generation) {
            prompt.add(token);
        }
    }

    @Override
    public boolean sampled(SampledToken token) {
        synchronized (generation) {
            ids.add(token.id());
            if (!endTokens.contains(token.id())) {
                tokens.add(token);
                text.append(answer.add(token.id()));
            }
            generation.tokenCame();
            return !answer.stopped();
        }
    }

    @Override
    public void finished(Finish reason) {
        synchronized (generation) {
            text.append(answer.end());
            ending = reason == Finish.LENGTH && !answer.stopped() ? Ending.LENGTH : Ending.STOP;
            done = true;
            generation.changed();
        }
    }

    @Override
    public void failed(RuntimeException reason) {
        generation.fail(reason);
    }

    /** Whether the answer is whole, and read or not. */
    boolean done() {
        return done;
    }

    /** What came since the last call. Only with the generation's lock. */
    Delta take() {
        Delta delta = new Delta(prompt, text.toString(), tokens, ids, ending);
        prompt.clear();
        text.setLength(0);
        tokens.clear();
        ids.clear();
        ending = null;
        return delta;
    }
}
