package dev.attune.training.ppo;

import dev.attune.core.model.SamplingOptions;
import dev.attune.core.text.Prompt;
import dev.attune.model.generation.Generated;
import dev.attune.model.generation.Generator;
import dev.attune.model.transformer.CausalLm;
import dev.attune.training.batch.ExchangeEncoder;
import java.util.ArrayList;
import java.util.List;

/** The first phase: the policy answers prompts. A completion ends after its first end token. */
final class RolloutPhase {
    private final Generator generator;
    private final ExchangeEncoder encoder;
    private final SamplingOptions options;

    RolloutPhase(CausalLm policy, ExchangeEncoder encoder, SamplingOptions options) {
        this.generator = new Generator(policy, encoder.tokenizer());
        this.encoder = encoder;
        this.options = options;
    }

    /** One episode a prompt, in order; the seed decides every token. */
    List<Episode> sample(List<Prompt> prompts, long seed) {
        List<int[]> tokens = prompts.stream().map(encoder::prompt).toList();
        List<Generated> completions = generator.generate(tokens, options, seed);
        List<Episode> episodes = new ArrayList<>();
        for (int i = 0; i < prompts.size(); i++) {
            Generated generated = completions.get(i);
            String text = encoder.tokenizer().decode(generated.content());
            episodes.add(new Episode(prompts.get(i), text, generated));
        }
        return episodes;
    }
}
