package dev.attune.model.local;

import dev.attune.core.model.SamplingOptions;
import dev.attune.core.model.TextCompletion;
import dev.attune.core.model.TextModel;
import dev.attune.core.text.Prompt;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.generation.Generated;
import dev.attune.model.generation.Generator;
import dev.attune.model.generation.TokenListener;
import dev.attune.model.template.PromptEncoder;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.model.transformer.CausalLm;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A language model of a Hugging Face directory, with its tokenizer and chat template. Not thread-safe. */
public final class LocalTextModel implements TextModel {
    private final CausalLm model;
    private final Tokenizer tokenizer;
    private final PromptEncoder encoder;
    private final Generator generator;

    private LocalTextModel(CausalLm model, Tokenizer tokenizer, PromptEncoder encoder) {
        this.model = model;
        this.tokenizer = tokenizer;
        this.encoder = encoder;
        this.generator = new Generator(model, tokenizer);
    }

    /**
     * Loads a model with its own chat template.
     *
     * @throws dev.attune.core.error.BadInputException naming the file and what is wrong with it
     */
    public static LocalTextModel open(Path directory) {
        return open(directory, null);
    }

    /**
     * Loads a model.
     *
     * @param template for conversations: {@code plain}, {@code human-assistant}, {@code chatml} or a file; null for the
     *     model's own
     * @throws dev.attune.core.error.BadInputException naming the file and what is wrong with it
     */
    public static LocalTextModel open(Path directory, @Nullable String template) {
        Tokenizer tokenizer = Checkpoints.tokenizer(directory);
        CausalLm model = Checkpoints.loadCausal(directory);
        return new LocalTextModel(model, tokenizer, PromptEncoder.named(tokenizer, template));
    }

    public Tokenizer tokenizer() {
        return tokenizer;
    }

    /** Turns prompts into the tokens that this model reads. */
    public PromptEncoder encoder() {
        return encoder;
    }

    /** Completes prompts given as tokens; uses this model. */
    public Generator generator() {
        return generator;
    }

    @Override
    public List<TextCompletion> complete(List<Prompt> prompts, SamplingOptions options, long seed) {
        return complete(prompts, options, seed, TokenListener.NONE);
    }

    /** One completion per prompt, in order; {@code listener} hears of every token as it is drawn. */
    public List<TextCompletion> complete(
            List<Prompt> prompts, SamplingOptions options, long seed, TokenListener listener) {
        List<int[]> tokens = prompts.stream().map(encoder::encode).toList();
        return generator.generate(tokens, options, seed, listener).stream()
                .map(this::text)
                .toList();
    }

    private TextCompletion text(Generated generated) {
        return new TextCompletion(
                tokenizer.decode(generated.content()),
                generated.tokens().length,
                generated.logProbability(),
                generated.stop());
    }

    @Override
    public void close() {
        model.close();
        tokenizer.close();
    }
}
