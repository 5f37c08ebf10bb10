package dev.attune.model.local;

import dev.attune.core.model.SamplingOptions;
import dev.attune.core.model.TextCompletion;
import dev.attune.core.model.TextModel;
import dev.attune.core.text.Prompt;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.conversation.ConversationEncoder;
import dev.attune.model.conversation.ConversationOptions;
import dev.attune.model.generation.Generated;
import dev.attune.model.generation.Generator;
import dev.attune.model.generation.TokenListener;
import dev.attune.model.tensor.DType;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.model.transformer.CausalLm;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A language model loaded from a Hugging Face directory, with its tokenizer and chat template. Not thread-safe. */
public final class LocalTextModel implements TextModel {
    private final CausalLm model;
    private final Tokenizer tokenizer;
    private final ConversationEncoder encoder;
    private @Nullable Decoding decoding;

    private LocalTextModel(CausalLm model, Tokenizer tokenizer, ConversationEncoder encoder) {
        this.model = model;
        this.tokenizer = tokenizer;
        this.encoder = encoder;
    }

    /** @param blocks the model that the generator uses if it is a view of the loaded one, or null */
    private record Decoding(Generator generator, @Nullable CausalLm blocks) {}

    /**
     * Loads a model with its own chat template.
     *
     * @throws dev.attune.core.error.BadInputException naming the file and what is wrong with it
     */
    public static LocalTextModel open(Path directory) {
        return open(directory, ConversationOptions.DEFAULT);
    }

    /** Loads a model, with its weights in float32. */
    public static LocalTextModel open(Path directory, ConversationOptions options) {
        return open(directory, options, DType.FLOAT32);
    }

    /**
     * Loads a model.
     *
     * @param options how conversations are rendered and encoded
     * @param storage of the weights and of the key-value cache: FLOAT32 or BFLOAT16
     * @throws dev.attune.core.error.BadInputException naming the file and what is wrong with it
     */
    public static LocalTextModel open(Path directory, ConversationOptions options, DType storage) {
        Tokenizer tokenizer = Checkpoints.tokenizer(directory);
        CausalLm model = Checkpoints.loadCausal(directory, storage);
        return new LocalTextModel(model, tokenizer, ConversationEncoder.of(tokenizer, options));
    }

    /** The longest text that the model reads, in tokens. */
    public int maxPositions() {
        return model.config().maxPositions();
    }

    public Tokenizer tokenizer() {
        return tokenizer;
    }

    /** Encodes prompts for this model. */
    public ConversationEncoder encoder() {
        return encoder;
    }

    /** Completes prompts given as tokens; uses this model. */
    public Generator generator() {
        if (decoding == null) {
            CausalLm blocks = Generator.gainsFromBlocks(model) ? model.inBlocks() : null;
            decoding = new Decoding(new Generator(blocks == null ? model : blocks, encoder), blocks);
        }
        return decoding.generator;
    }

    @Override
    public List<TextCompletion> complete(List<Prompt> prompts, SamplingOptions options, long seed) {
        return complete(prompts, options, seed, TokenListener.NONE);
    }

    /** One completion per prompt, in order; {@code listener} receives every token when it is sampled. */
    public List<TextCompletion> complete(
            List<Prompt> prompts, SamplingOptions options, long seed, TokenListener listener) {
        List<int[]> tokens = prompts.stream().map(encoder::prompt).toList();
        List<Generated> generated = generator().generate(tokens, options, seed, listener);
        return IntStream.range(0, prompts.size())
                .mapToObj(i -> text(prompts.get(i), generated.get(i)))
                .toList();
    }

    private TextCompletion text(Prompt prompt, Generated generated) {
        return new TextCompletion(
                encoder.content(prompt, tokenizer.decode(generated.content())),
                generated.tokens().length,
                generated.logProbability(),
                generated.stop());
    }

    @Override
    public void close() {
        if (decoding != null && decoding.blocks != null) {
            decoding.blocks.close();
        }
        model.close();
        tokenizer.close();
    }
}
