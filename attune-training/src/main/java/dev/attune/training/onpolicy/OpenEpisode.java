package dev.attune.training.onpolicy;

import dev.attune.core.environment.Environment;
import dev.attune.core.rollout.Rollout;
import dev.attune.core.text.Prompt;
import dev.attune.model.conversation.ConversationEncoder;
import dev.attune.training.batch.EpisodeTokens;
import dev.attune.training.reward.WeightedRewards;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A running episode in an environment. */
final class OpenEpisode {
    final int number;
    final long seed;

    private final ConversationEncoder encoder;
    private final List<Rollout.Turn> turns = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private @Nullable Environment environment;
    private EpisodeTokens tokens;
    private int textOfActions;
    private String first = "";
    private String state = "";
    private @Nullable String stop;
    private @Nullable String fault;

    OpenEpisode(int number, long seed, ConversationEncoder encoder) {
        this.number = number;
        this.seed = seed;
        this.encoder = encoder;
        this.tokens = new EpisodeTokens(encoder.tokenizer(), new int[0]);
    }

    /** Resets the environment of this episode and returns the first state. */
    String enter(Environment own) {
        environment = own;
        return own.reset(seed);
    }

    /** Closes the environment if it was opened. */
    Callable<Boolean> leaving() {
        return () -> {
            boolean entered = environment != null;
            if (entered) {
                environment().close();
            }
            return entered;
        };
    }

    Environment environment() {
        return Objects.requireNonNull(environment);
    }

    boolean over() {
        return stop != null;
    }

    int turns() {
        return turns.size();
    }

    void begin(String firstState) {
        first = firstState;
        state = firstState;
        tokens = new EpisodeTokens(encoder.tokenizer(), encoder.prompt(Prompt.text(firstState)));
    }

    /** All tokens so far, the context of the next action. */
    int[] context() {
        return tokens.context();
    }

    /** @param step the outcome of the action; null if it is a fault */
    void act(int[] action, String actionText, Environment.@Nullable Step step) {
        int from = tokens.length();
        tokens.action(action);
        double reward = step == null ? 0 : step.reward();
        turns.add(new Rollout.Turn(state, actionText, from, tokens.length(), reward, step == null ? "" : step.note()));
        text.append(actionText);
        textOfActions = text.length();
        if (step == null) {
            return;
        }
        if (step.done()) {
            stop = Transcript.ENVIRONMENT;
            return;
        }
        state = step.state();
        tokens.state(state);
        text.append(state);
    }

    /** Ends an episode that exceeds the number of turns or tokens. */
    void limit(boolean lastTurn, int maxTokens) {
        if (stop == null) {
            stop = lastTurn ? Transcript.MAX_TURNS : tooLong(maxTokens) == null ? null : Transcript.LENGTH;
        }
    }

    @Nullable
    String tooLong(int maxTokens) {
        int length = tokens.prompt().length + tokens.length();
        return length <= maxTokens
                ? null
                : "returned a state that makes " + length + " tokens, and the policy reads " + maxTokens
                        + " before it acts";
    }

    /** Records a fault; only the first one is kept. */
    void fault(String what) {
        stop = Transcript.FAULT;
        fault = fault == null ? what : fault;
    }

    /** The episode to learn from, without a state after the last action. */
    Episode close(String environmentName) {
        int length = turns.isEmpty() ? 0 : turns.get(turns.size() - 1).to();
        Transcript transcript = new Transcript(
                tokens.prompt(),
                tokens.tokens(length),
                tokens.mask(length),
                List.copyOf(turns),
                Objects.requireNonNull(stop),
                fault);
        Episode episode = new Episode(Prompt.text(first), text.substring(0, textOfActions), transcript);
        double total = turns.stream().mapToDouble(Rollout.Turn::reward).sum();
        episode.score = WeightedRewards.Score.of(environmentName, total);
        episode.reward = total;
        return episode;
    }
}
