package dev.attune.training.ppo;

import dev.attune.core.environment.Environment;
import dev.attune.core.rollout.Rollout;
import dev.attune.core.text.Prompt;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.training.batch.ExchangeEncoder;
import dev.attune.training.reward.WeightedRewards;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An episode in an environment while it runs. */
final class OpenEpisode {
    final int number;
    final long seed;

    private final List<Rollout.Turn> turns = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private @Nullable Environment environment;
    private int textOfActions;
    private String first = "";
    private String state = "";
    private int[] prompt = {};
    private int[] tokens = {};
    private int[] mask = {};
    private @Nullable String stop;
    private @Nullable String fault;

    OpenEpisode(int number, long seed) {
        this.number = number;
        this.seed = seed;
    }

    /** Resets an environment of its own and answers the first state. */
    String enter(Environment own) {
        environment = own;
        return own.reset(seed);
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

    void begin(String firstState, ExchangeEncoder encoder) {
        first = firstState;
        state = firstState;
        prompt = encoder.prompt(Prompt.text(firstState));
    }

    /** All tokens so far, behind which the next action is drawn. */
    int[] context() {
        int[] context = Arrays.copyOf(prompt, prompt.length + tokens.length);
        System.arraycopy(tokens, 0, context, prompt.length, tokens.length);
        return context;
    }

    /** @param step what came of the action; null where that is a fault */
    void act(int[] action, String actionText, Environment.@Nullable Step step, Tokenizer tokenizer) {
        int from = tokens.length;
        append(action, 1);
        double reward = step == null ? 0 : step.reward();
        turns.add(new Rollout.Turn(state, actionText, from, tokens.length, reward, step == null ? "" : step.note()));
        text.append(actionText);
        textOfActions = text.length();
        if (step == null) {
            return;
        }
        if (step.done()) {
            stop = "environment";
            return;
        }
        state = step.state();
        append(tokenizer.encode(state), 0);
        text.append(state);
    }

    private void append(int[] added, int written) {
        int from = tokens.length;
        tokens = Arrays.copyOf(tokens, from + added.length);
        System.arraycopy(added, 0, tokens, from, added.length);
        mask = Arrays.copyOf(mask, tokens.length);
        Arrays.fill(mask, from, mask.length, written);
    }

    /** Ends an episode that goes on for too long. */
    void limit(boolean lastTurn, int mostTokens) {
        if (stop == null) {
            stop = lastTurn ? "max_turns" : tooLong(mostTokens) == null ? null : "length";
        }
    }

    @Nullable
    String tooLong(int mostTokens) {
        int length = prompt.length + tokens.length;
        return length <= mostTokens
                ? null
                : "gave a state that makes " + length + " tokens, and the policy reads " + mostTokens
                        + " before it acts";
    }

    void fault(String what) {
        stop = "fault";
        fault = what;
    }

    /** What is learned from. A state behind the last action, which nothing followed, is left out. */
    Episode close(String environmentName) {
        int length = turns.isEmpty() ? 0 : turns.get(turns.size() - 1).to();
        boolean ended = "environment".equals(stop);
        Transcript transcript = new Transcript(
                prompt,
                Arrays.copyOf(tokens, length),
                Arrays.copyOf(mask, length),
                List.copyOf(turns),
                stop == null ? "environment" : stop,
                ended,
                fault);
        Episode episode = new Episode(Prompt.text(first), text.substring(0, textOfActions), transcript);
        double total = turns.stream().mapToDouble(Rollout.Turn::reward).sum();
        episode.score = new WeightedRewards.Score(total, Map.of(environmentName, total));
        episode.reward = total;
        return episode;
    }
}
