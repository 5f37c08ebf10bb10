package dev.attune.training.onpolicy;

import dev.attune.core.text.Prompt;
import dev.attune.model.conversation.ConversationEncoder;
import dev.attune.model.generation.Generated;
import dev.attune.model.generation.Generator;
import dev.attune.model.tensor.Randomness;
import dev.attune.model.transformer.CausalLm;
import dev.attune.training.run.Epochs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Rollouts of the policy on prompts, each once per epoch. A completion ends after its first end token. */
public final class PromptRollouts implements Rollouts {
    private final Generator generator;
    private final ConversationEncoder encoder;
    private final OnPolicyOptions options;
    private final List<PromptItem> prompts;
    private final List<PromptItem> heldOut;
    private final Epochs epochs;
    private final Randomness sampling;

    public PromptRollouts(
            CausalLm policy,
            ConversationEncoder encoder,
            List<PromptItem> prompts,
            List<PromptItem> heldOut,
            OnPolicyOptions options) {
        this.generator = new Generator(policy, encoder);
        this.encoder = encoder;
        this.options = options;
        this.prompts = List.copyOf(prompts);
        this.heldOut = heldOut.stream().limit(options.evaluationPrompts()).toList();
        this.epochs = new Epochs(prompts.size(), options.order(), options.seed(), "prompt order");
        this.sampling = Randomness.of(options.seed(), "rollouts");
    }

    @Override
    public List<Episode> sample(int step) {
        List<PromptItem> batch = epochs.take((long) (step - 1) * options.prompts(), options.prompts()).stream()
                .map(prompts::get)
                .toList();
        return sample(batch, options.group(), sampling.at(step).seed());
    }

    /** The prompts of each round are drawn from an order of their own, so that the steps' own epochs stay whole. */
    @Override
    public List<Episode> further(int step, int round) {
        Randomness own =
                Randomness.of(options.seed(), "further rollouts").at(step).at(round);
        int[] order = own.permutation(prompts.size());
        List<PromptItem> batch = IntStream.range(0, options.prompts())
                .mapToObj(i -> prompts.get(order[i % order.length]))
                .toList();
        return sample(batch, options.group(), own.seed());
    }

    @Override
    public List<Episode> evaluation() {
        return heldOut.isEmpty()
                ? List.of()
                : sample(heldOut, 1, Randomness.of(options.seed(), "evaluation").seed());
    }

    /** This many episodes per prompt, in order; the seed determines every token, and each has its own random numbers. */
    private List<Episode> sample(List<PromptItem> batch, int group, long seed) {
        List<int[]> tokens = batch.stream()
                .map(item -> encoder.prompt(item.prompt()))
                .flatMap(prompt -> Collections.nCopies(group, prompt).stream())
                .toList();
        List<Generated> completions =
                generator.generate(tokens, options.generation().options(), seed);
        List<Episode> episodes = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            Episode episode = episode(batch.get(i / group), completions.get(i));
            episode.group = i / group;
            episodes.add(episode);
        }
        return episodes;
    }

    private Episode episode(PromptItem item, Generated generated) {
        Prompt prompt = item.prompt();
        String decoded = encoder.tokenizer().decode(generated.content());
        Episode episode = new Episode(item, encoder.content(prompt, decoded), Transcript.of(generated));
        episode.retokenized = !Arrays.equals(encoder.tokenizer().encode(decoded), generated.content());
        return episode;
    }

    @Override
    public void close() {}
}
