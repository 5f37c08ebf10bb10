package dev.attune.cli;

import dev.attune.cli.command.BaseCommand;
import dev.attune.cli.command.EngineOptions;
import dev.attune.cli.terminal.TokenPrinter;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import dev.attune.model.generation.Generated;
import dev.attune.model.generation.TokenListener;
import dev.attune.model.hub.ModelLocation;
import dev.attune.model.local.LocalTextModel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code attune generate}: continues a text. */
@Command(
        name = "generate",
        description = {
            "Continue a text with a language model. The text and its continuation are printed token by token.",
            "With --chat, the text is a user message and only the answer is printed."
        },
        footer = {
            "",
            "Examples:",
            "  attune generate ../shared/models/stories260K --prompt \"Once upon a time\" --greedy --max-new-tokens 40",
            "  attune generate runs/quickstart/base --chat --prompt \"Where does the baker live?\" --json"
        })
final class GenerateCommand extends BaseCommand {
    @Parameters(paramLabel = "MODEL", description = "Model: a directory in Hugging Face format, or hf:owner/name.")
    private String directory;

    @Option(
            names = "--prompt",
            required = true,
            paramLabel = "TEXT",
            description = "Text to continue; with --chat, the user message.")
    private String prompt;

    @Option(names = "--chat", description = "Treat the prompt as a user message, rendered by the chat template.")
    private boolean chat;

    @Mixin
    private ConversationArguments conversations;

    @Option(
            names = "--json",
            description = "Print {text, prompt, completion, prompt_token_ids, token_ids, log_probabilities, stop}.")
    private boolean json;

    @Mixin
    private SamplingArguments sampling;

    @Mixin
    private EngineOptions engine;

    @Mixin
    private PrecisionOption precision;

    @Override
    protected int run() {
        var options = sampling.options();
        engine.apply();
        Path stored = ModelLocation.resolve(directory);
        try (LocalTextModel model = LocalTextModel.open(stored, conversations.options(), precision.storage(stored))) {
            Prompt asked = chat ? Prompt.chat(Message.user(prompt)) : Prompt.text(prompt);
            int[] tokens = model.encoder().prompt(asked);
            model.encoder().notes().forEach(note -> err().println("note: " + note));
            int[] shown = chat ? new int[0] : tokens;
            Function<int[], String> decoder = chat
                    ? ids -> model.encoder().content(asked, model.tokenizer().decode(ids))
                    : model.tokenizer()::decode;
            TokenPrinter printer = new TokenPrinter(out(), decoder, shown);
            TokenListener listener = json || !options.stop().isEmpty()
                    ? TokenListener.NONE
                    : (row, token, logProb) -> printer.add(token);
            Generated generated = model.generator()
                    .generate(List.of(tokens), options, sampling.seed(), listener)
                    .get(0);
            if (json) {
                json(result(model, asked, generated));
            } else {
                printer.finish(decoder.apply(joined(shown, generated.content())));
            }
        }
        return 0;
    }

    private Map<String, Object> result(LocalTextModel model, Prompt asked, Generated generated) {
        String text = model.tokenizer().decode(joined(generated.prompt(), generated.content()));
        String before = model.tokenizer().decode(generated.prompt());
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("text", text);
        result.put("prompt", prompt);
        result.put(
                "completion",
                model.encoder().content(asked, text.startsWith(before) ? text.substring(before.length()) : text));
        result.put("prompt_token_ids", generated.prompt());
        result.put("token_ids", generated.tokens());
        float[] logProbs = generated.logProbs();
        result.put(
                "log_probabilities",
                IntStream.range(0, logProbs.length).mapToObj(i -> logProbs[i]).toList());
        result.put("stop", generated.stop().name().toLowerCase(Locale.ROOT));
        return result;
    }

    /** Both together, for decoding: a tokenizer may drop the blank that a text starts with. */
    private static int[] joined(int[] first, int[] second) {
        return IntStream.concat(IntStream.of(first), IntStream.of(second)).toArray();
    }
}
