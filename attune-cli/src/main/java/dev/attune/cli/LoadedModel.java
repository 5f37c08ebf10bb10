package dev.attune.cli;

import dev.attune.core.model.SamplingOptions;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.generation.Generated;
import dev.attune.model.generation.Generator;
import dev.attune.model.generation.TokenListener;
import dev.attune.model.template.ChatTemplate;
import dev.attune.model.template.PromptEncoder;
import dev.attune.model.tokenizer.HuggingFaceTokenizer;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.model.transformer.CausalLm;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A language model's directory, loaded: weights, tokenizer, and the way it writes conversations. */
final class LoadedModel implements AutoCloseable {
    private final CausalLm model;
    private final Tokenizer tokenizer;
    private final PromptEncoder encoder;
    private final Generator generator;

    private LoadedModel(CausalLm model, Tokenizer tokenizer, @Nullable ChatTemplate template) {
        this.model = model;
        this.tokenizer = tokenizer;
        this.encoder = new PromptEncoder(tokenizer, template);
        this.generator = new Generator(model, Set.copyOf(tokenizer.eosIds()), tokenizer::decode);
    }

    /** @param template for models without one of their own: plain, human-assistant, chatml or a file; or null */
    static LoadedModel open(Path directory, @Nullable String template) {
        Tokenizer tokenizer = HuggingFaceTokenizer.load(directory);
        ChatTemplate named = template == null ? null : ChatTemplate.named(template, tokenizer.specialTokens());
        return new LoadedModel(Checkpoints.loadCausal(directory), tokenizer, named);
    }

    Tokenizer tokenizer() {
        return tokenizer;
    }

    PromptEncoder encoder() {
        return encoder;
    }

    Generated generate(int[] prompt, SamplingOptions options, long seed, TokenListener listener) {
        return generator.generate(List.of(prompt), options, seed, listener).get(0);
    }

    @Override
    public void close() {
        model.close();
        tokenizer.close();
    }
}
