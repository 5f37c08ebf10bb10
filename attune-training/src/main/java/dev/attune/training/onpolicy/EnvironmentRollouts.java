package dev.attune.training.onpolicy;

import dev.attune.core.environment.Environment;
import dev.attune.core.error.RunFailedException;
import dev.attune.core.model.TextCompletion.StopReason;
import dev.attune.model.conversation.ConversationEncoder;
import dev.attune.model.generation.Generated;
import dev.attune.model.generation.Generator;
import dev.attune.model.tensor.Randomness;
import dev.attune.model.transformer.CausalLm;
import dev.attune.training.environment.Contract;
import dev.attune.training.environment.GuardedCalls;
import dev.attune.training.environment.Outcome;
import dev.attune.training.recipe.EnvironmentSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Rollouts of the policy in an environment. All episodes of a step advance together: in each turn one batch of actions
 * is sampled, one for each running episode, given all its tokens so far. The random numbers of an episode depend only
 * on the seed, its index and the turn.
 */
public final class EnvironmentRollouts implements Rollouts {
    private final Generator generator;
    private final ConversationEncoder encoder;
    private final OnPolicyOptions options;
    private final EnvironmentSettings settings;
    private final Supplier<Environment> supplier;
    private final int maxTokens;
    private final Contract contract;
    private final GuardedCalls calls;
    private final Randomness sampling;

    public EnvironmentRollouts(
            CausalLm policy,
            ConversationEncoder encoder,
            Supplier<Environment> supplier,
            EnvironmentSettings settings,
            OnPolicyOptions options) {
        this.generator = new Generator(policy, encoder);
        this.encoder = encoder;
        this.options = options;
        this.settings = settings;
        this.supplier = supplier;
        this.maxTokens = policy.config().maxPositions() - options.generation().maxNewTokens();
        this.contract = new Contract(settings.maxState());
        this.calls = new GuardedCalls(settings.limitSeconds());
        this.sampling = Randomness.of(options.seed(), "rollouts");
    }

    @Override
    public List<Episode> sample(int step) {
        return sample(options.rollouts(), sampling.at(step).seed());
    }

    @Override
    public List<Episode> evaluation() {
        return sample(
                options.evaluationPrompts(),
                Randomness.of(options.seed(), "evaluation").seed());
    }

    /** Runs this many episodes; every state and token follows from the seed. */
    private List<Episode> sample(int count, long seed) {
        Randomness worlds = Randomness.of(seed, "environment");
        List<OpenEpisode> all = IntStream.range(0, count)
                .mapToObj(i -> new OpenEpisode(i, worlds.at(i).seed(), encoder))
                .toList();
        List<Outcome<Boolean>> closings;
        try {
            play(all, seed);
        } finally {
            closings = calls.all(all.stream().map(OpenEpisode::leaving).toList());
        }
        for (int i = 0; i < all.size(); i++) {
            String fault = closings.get(i).fault();
            if (fault != null) {
                fault(all.get(i), fault + " when it was closed");
            }
        }
        return all.stream().map(episode -> episode.close(settings.name())).toList();
    }

    private void play(List<OpenEpisode> all, long seed) {
        begin(all);
        List<OpenEpisode> running = running(all);
        for (int turn = 0; !running.isEmpty(); turn++) {
            act(running, turn == 0 ? seed : Randomness.of(seed, "turn").at(turn).seed());
            for (OpenEpisode episode : running) {
                episode.limit(turn + 1 == settings.maxTurns(), maxTokens);
            }
            running = running(running);
        }
    }

    private static List<OpenEpisode> running(List<OpenEpisode> episodes) {
        return episodes.stream().filter(episode -> !episode.over()).toList();
    }

    private void begin(List<OpenEpisode> episodes) {
        List<Callable<String>> resets = new ArrayList<>();
        for (OpenEpisode episode : episodes) {
            resets.add(() -> episode.enter(supplier.get()));
        }
        List<Outcome<String>> states = calls.all(resets);
        for (int i = 0; i < episodes.size(); i++) {
            OpenEpisode episode = episodes.get(i);
            String state = states.get(i).value();
            String fault = states.get(i).faultOr(contract::ofState);
            if (fault == null) {
                episode.begin(Objects.requireNonNull(state));
                fault = episode.tooLong(maxTokens);
            }
            if (fault != null) {
                fault(episode, fault);
            }
        }
    }

    private void act(List<OpenEpisode> episodes, long seed) {
        List<Generated> actions = generator.generate(
                episodes.stream().map(OpenEpisode::context).toList(),
                episodes.stream().mapToInt(episode -> episode.number).toArray(),
                options.generation().options(),
                seed);
        List<String> texts = actions.stream().map(this::text).toList();
        List<Callable<Environment.Step>> steps = new ArrayList<>();
        for (int i = 0; i < episodes.size(); i++) {
            OpenEpisode episode = episodes.get(i);
            String text = texts.get(i);
            steps.add(() -> episode.environment().step(text));
        }
        List<Outcome<Environment.Step>> outcomes = calls.all(steps);
        for (int i = 0; i < episodes.size(); i++) {
            OpenEpisode episode = episodes.get(i);
            Environment.Step step = outcomes.get(i).value();
            String fault = outcomes.get(i).faultOr(contract::ofStep);
            episode.act(actions.get(i).tokens(), texts.get(i), fault == null ? step : null);
            if (fault != null) {
                fault(episode, fault);
            }
        }
    }

    /** An action without the end token or stop string that ended it. */
    private String text(Generated generated) {
        String text = encoder.tokenizer().decode(generated.content());
        if (generated.stop() == StopReason.STOP_STRING) {
            for (String stop : options.generation().stop()) {
                int at = text.indexOf(stop);
                text = at < 0 ? text : text.substring(0, at);
            }
        }
        return text;
    }

    private void fault(OpenEpisode episode, String what) {
        if (settings.onFault() == EnvironmentSettings.OnFault.FAIL) {
            throw new RunFailedException(
                    "the environment " + settings.name() + " " + what + " (episode " + episode.number
                            + ", seed " + episode.seed + ", turn " + Math.max(1, episode.turns())
                            + "); set environment.on_fault: end to continue without such episodes");
        }
        episode.fault(what);
    }

    @Override
    public void close() {
        calls.close();
    }
}
