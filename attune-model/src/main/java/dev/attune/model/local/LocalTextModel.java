package dev.attune.model.local;

import dev.attune.core.model.ContinuationModel;
import dev.attune.core.model.ContinuationScore;
import dev.attune.core.model.SamplingOptions;
import dev.attune.core.model.TextCompletion;
import dev.attune.core.model.TextModel;
import dev.attune.core.text.Prompt;
import dev.attune.core.text.PromptCompletion;
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
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A language model loaded from a Hugging Face directory, with its tokenizer and chat template. Not thread-safe. */
public final class LocalTextModel implements TextModel, ContinuationModel {
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

    CausalLm model() {
        return model;
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

    TextCompletion text(Prompt prompt, Generated generated) {
        return new TextCompletion(
                encoder.content(prompt, tokenizer.decode(generated.content())),
                generated.tokens().length,
                generated.logProbability(),
                generated.stop());
    }

    /**
     * The score of each continuation. Prompt and continuation are encoded together if the prompt keeps its tokens, else one
     * after the other; white space that the template writes before an answer's content precedes a continuation too.
     */
    @Override
    public List<ContinuationScore> scores(List<PromptCompletion> continuations) {
        return new ContinuationScorer(model)
                .scores(continuations.stream().map(this::sequence).toList());
    }

    @Override
    public List<ContinuationScore> textScores(List<String> texts) {
        return new ContinuationScorer(model)
                .scores(texts.stream()
                        .map(text -> new ContinuationScorer.Sequence(tokenizer.encodeWithSpecials(text), 1))
                        .toList());
    }

    private ContinuationScorer.Sequence sequence(PromptCompletion sample) {
        Prompt prompt = sample.prompt();
        int[] asked = encoder.prompt(prompt);
        boolean plain = prompt instanceof Prompt.Text;
        String continued = (plain ? "" : encoder.endOfTurn().lead()) + sample.completion();
        String text = encoder.text(prompt) + continued;
        int[] whole = plain ? tokenizer.encodeWithSpecials(text) : tokenizer.encode(text);
        boolean keeps = whole.length >= asked.length && Arrays.equals(whole, 0, asked.length, asked, 0, asked.length);
        return new ContinuationScorer.Sequence(
                keeps ? whole : joined(asked, tokenizer.encode(continued)), asked.length);
    }

    private static int[] joined(int[] first, int[] second) {
        int[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
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
