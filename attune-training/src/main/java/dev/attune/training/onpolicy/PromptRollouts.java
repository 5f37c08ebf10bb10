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
        List<Prompt> batch = epochs.take((long) (step - 1) * options.rollouts(), options.rollouts()).stream()
                .map(prompts::get)
                .toList();
        return sample(batch, sampling.at(step).seed());
    }

    @Override
    public List<Episode> evaluation() {
        return heldOut.isEmpty()
                ? List.of()
                : sample(heldOut, Randomness.of(options.seed(), "evaluation").seed());
    }

    /** One episode per prompt, in order; the seed determines every token. */
    private List<Episode> sample(List<Prompt> batch, long seed) {
        List<int[]> tokens = batch.stream().map(encoder::prompt).toList();
        List<Generated> completions =
                generator.generate(tokens, options.generation().options(), seed);
        List<Episode> episodes = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            Generated generated = completions.get(i);
            String decoded = encoder.tokenizer().decode(generated.content());
            String text = encoder.content(batch.get(i), decoded);
            Episode episode = new Episode(batch.get(i), text, Transcript.of(generated));
            episode.retokenized = !Arrays.equals(encoder.tokenizer().encode(decoded), generated.content());
            episodes.add(episode);
        }
        return episodes;
    }

    @Override
    public void close() {}
}
