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

/** Rollouts of the policy on prompts, each once per epoch. A completion ends after its first end token. */
public final class PromptRollouts implements Rollouts {
    private final Generator generator;
    private final ConversationEncoder encoder;
    private final OnPolicyOptions options;
    private final List<Prompt> prompts;
    private final List<Prompt> heldOut;
    private final Epochs epochs;
    private final Randomness sampling;

    public PromptRollouts(
            CausalLm policy,
            ConversationEncoder encoder,
            List<Prompt> prompts,
            List<Prompt> heldOut,
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
        List<Prompt> batch = epochs.take((long) (step - 1) * options.prompts(), options.prompts()).stream()
                .map(prompts::get)
                .toList();
        return sample(batch, options.group(), sampling.at(step).seed());
    }

    @Override
    public List<Episode> evaluation() {
        return heldOut.isEmpty()
                ? List.of()
                : sample(heldOut, 1, Randomness.of(options.seed(), "evaluation").seed());
    }

    /** This many episodes per prompt, in order; the seed determines every token, and each has its own random numbers. */
    private List<Episode> sample(List<Prompt> batch, int group, long seed) {
        List<int[]> tokens = batch.stream()
                .map(encoder::prompt)
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

    private Episode episode(Prompt prompt, Generated generated) {
        String decoded = encoder.tokenizer().decode(generated.content());
        Episode episode = new Episode(prompt, encoder.content(prompt, decoded), Transcript.of(generated));
        episode.retokenized = !Arrays.equals(encoder.tokenizer().encode(decoded), generated.content());
        return episode;
    }

    @Override
    public void close() {}
}
