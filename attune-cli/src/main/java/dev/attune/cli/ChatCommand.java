package dev.attune.cli;

import dev.attune.cli.command.BaseCommand;
import dev.attune.cli.command.EngineOptions;
import dev.attune.cli.terminal.TokenPrinter;
import dev.attune.cli.terminal.TypedLines;
import dev.attune.core.error.BadInputException;
import dev.attune.core.model.SamplingOptions;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import dev.attune.model.generation.Generated;
import dev.attune.model.generation.TokenListener;
import dev.attune.model.hub.ModelLocation;
import dev.attune.model.local.BatchedTextModel;
import dev.attune.model.local.LocalTextModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code attune chat}: a conversation in the terminal, or over a pipe with one line per turn. */
@Command(
        name = "chat",
        description = {
            "Chat with a language model. Each line is a message; /new starts a new conversation, /quit or the end of input exits.",
            "The model needs a chat template of its own, or --template."
        },
        footer = {"", "Example:", "  attune chat runs/quickstart/round-1/ppo/model"})
final class ChatCommand extends BaseCommand {
    @Parameters(paramLabel = "MODEL", description = "Model: a directory in Hugging Face format, or hf:owner/name.")
    private String directory;

    @Mixin
    private ConversationArguments conversations;

    @Option(names = "--system", paramLabel = "TEXT", description = "System message at the start of the conversation.")
    private @Nullable String system;

    @Mixin
    private SamplingArguments sampling;

    @Mixin
    private EngineOptions engine;

    @Mixin
    private PrecisionOption precision;

    @Override
    protected int run() throws IOException {
        SamplingOptions options = sampling.options();
        engine.apply();
        Path stored = ModelLocation.resolve(directory);
        LocalTextModel model = LocalTextModel.open(stored, conversations.options(), precision.storage(stored));
        // One place: the beginning of the conversation is kept, and read once for all turns.
        try (BatchedTextModel batched = new BatchedTextModel(model, 1)) {
            model.encoder().text(new Prompt.Chat(with(begin(), Message.user("Hello")))); // fails before a person types
            model.encoder().notes().forEach(note -> err().println("note: " + note));
            TypedLines lines = new TypedLines(err());
            lines.hint("Chat with " + directory + "; /new starts a new conversation, /quit exits.");
            talk(model, batched, options, lines);
        }
        return 0;
    }

    private void talk(LocalTextModel model, BatchedTextModel batched, SamplingOptions options, TypedLines lines)
            throws IOException {
        List<Message> messages = begin();
        long turn = 0;
        for (String line = lines.next(); line != null && !line.strip().equals("/quit"); line = lines.next()) {
            if (line.strip().equals("/new")) {
                messages = begin();
                lines.hint("New conversation.");
            } else if (!line.isBlank()) {
                messages = answered(model, batched, messages, line, options, sampling.seed() + turn++, lines);
            }
        }
    }

    private List<Message> begin() {
        return system == null ? List.of() : List.of(new Message("system", system));
    }

    /**
     * The conversation with the line and its answer. A message that the model cannot take, for example because it is too
     * long, ends a script; in a terminal an error is printed and the conversation continues without the message.
     */
    private List<Message> answered(
            LocalTextModel model,
            BatchedTextModel batched,
            List<Message> before,
            String line,
            SamplingOptions options,
            long seed,
            TypedLines lines) {
        try {
            List<Message> messages = fitted(model, with(before, Message.user(line)), options);
            return with(messages, Message.assistant(answer(model, batched, messages, options, seed)));
        } catch (BadInputException refused) {
            if (!lines.interactive()) {
                throw refused;
            }
            lines.hint("attune: " + refused.getMessage() + ", or start again with /new");
            return before;
        }
    }

    /** The conversation within the model's context. */
    private List<Message> fitted(LocalTextModel model, List<Message> messages, SamplingOptions options) {
        List<Message> kept =
                new ChatContext(model.encoder(), model.maxPositions(), options.maxNewTokens()).fitted(messages);
        int left = messages.size() - kept.size();
        if (left > 0) {
            err().println("note: the conversation is longer than the model's " + model.maxPositions()
                    + " positions: its " + left + " oldest messages are left out");
        }
        return kept;
    }

    private static List<Message> with(List<Message> messages, Message last) {
        List<Message> longer = new ArrayList<>(messages);
        longer.add(last);
        return longer;
    }

    /** Prints the answer token by token, without leading blanks, and returns the whole text. */
    private String answer(
            LocalTextModel model,
            BatchedTextModel batched,
            List<Message> messages,
            SamplingOptions options,
            long seed) {
        Prompt prompt = new Prompt.Chat(messages);
        int[] tokens = model.encoder().prompt(prompt);
        TokenPrinter printer =
                new TokenPrinter(out(), ids -> model.tokenizer().decode(ids).stripLeading());
        TokenListener listener =
                options.stop().isEmpty() ? (row, token, logProb) -> printer.add(token) : TokenListener.NONE;
        Generated generated = BatchedTextModel.await(batched.start(tokens, options, seed, 0, listener));
        String text = model.encoder().content(prompt, model.tokenizer().decode(generated.content()));
        printer.finish(text.stripLeading());
        return text;
    }
}
