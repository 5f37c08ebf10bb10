package dev.attune.cli;

import dev.attune.cli.command.BaseCommand;
import dev.attune.cli.command.EngineOptions;
import dev.attune.cli.terminal.TokenPrinter;
import dev.attune.core.error.BadInputException;
import dev.attune.core.model.SamplingOptions;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import dev.attune.model.generation.Generated;
import dev.attune.model.generation.TokenListener;
import dev.attune.model.hub.ModelLocation;
import dev.attune.model.local.BatchedTextModel;
import dev.attune.model.local.LocalTextModel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code attune generate}: continues a text. */
@Command(
        name = "generate",
        description = {
            "Continue a text with a language model. The text and its continuation are printed token by token.",
            "With --chat, the text is a user message and only the answer is printed.",
            "With --prompts, all prompts of a file are completed; a stopped command continues where it was."
        },
        footer = {
            "",
            "Examples:",
            "  attune generate ../shared/models/stories260K --prompt \"Once upon a time\" --greedy --max-new-tokens 40",
            "  attune generate runs/quickstart/base --chat --prompt \"Where does the baker live?\" --json",
            "  attune generate runs/quickstart/base --prompts prompts.jsonl --out completions.jsonl"
        })
final class GenerateCommand extends BaseCommand {
    @Parameters(paramLabel = "MODEL", description = "Model: a directory in Hugging Face format, or hf:owner/name.")
    private String directory;

    @Option(names = "--prompt", paramLabel = "TEXT", description = "Text to continue; with --chat, the user message.")
    private @Nullable String prompt;

    @Option(
            names = "--prompts",
            paramLabel = "FILE",
            description = "File of prompts to complete, together as a server does; needs --out.")
    private @Nullable Path prompts;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "With --prompts: file of completions, JSON lines in the order of the prompts. If it has some"
                    + " already, only the others are made.")
    private @Nullable Path out;

    @Option(
            names = "--places",
            paramLabel = "N",
            defaultValue = "64",
            description = "With --prompts: completions made at once (default: ${DEFAULT-VALUE}).")
    private int places;

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
        SamplingOptions options = sampling.options();
        requireOnePrompt();
        engine.apply();
        Path stored = ModelLocation.resolve(directory);
        LocalTextModel opened = LocalTextModel.open(stored, conversations.options(), precision.storage(stored));
        Path file = prompts;
        return file == null ? continued(opened, options) : completed(opened, options, file);
    }

    private int completed(LocalTextModel opened, SamplingOptions options, Path file) {
        try (BatchedTextModel model = new BatchedTextModel(opened, places)) {
            new PromptFile(file, Objects.requireNonNull(out), chat)
                    .complete(model, options, sampling.seed(), places, err());
        }
        return 0;
    }

    private int continued(LocalTextModel opened, SamplingOptions options) {
        try (LocalTextModel model = opened) {
            String text = Objects.requireNonNull(prompt);
            Prompt asked = chat ? Prompt.chat(Message.user(text)) : Prompt.text(text);
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

    private void requireOnePrompt() {
        if ((prompt == null) == (prompts == null)) {
            throw BadInputException.at(
                    "--prompt", prompt == null ? "none" : "--prompts beside it", "one of both", "give one");
        }
        if ((prompts == null) != (out == null)) {
            throw BadInputException.at(
                    "--out", out == null ? "none" : "--prompt", "--out together with --prompts", "give both");
        }
        if (places < 1) {
            throw BadInputException.at("--places", Integer.toString(places), "a number of at least 1", "change it");
        }
    }

    private Map<String, Object> result(LocalTextModel model, Prompt asked, Generated generated) {
        String text = model.tokenizer().decode(joined(generated.prompt(), generated.content()));
        String before = model.tokenizer().decode(generated.prompt());
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("text", text);
        result.put("prompt", Objects.requireNonNull(prompt));
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
