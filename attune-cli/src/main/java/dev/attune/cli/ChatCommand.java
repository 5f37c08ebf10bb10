package dev.attune.cli;

import dev.attune.cli.terminal.TokenPrinter;
import dev.attune.core.model.SamplingOptions;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import dev.attune.model.generation.Generated;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code attune chat}: a conversation in the terminal, or over a pipe a line a turn. */
@Command(
        name = "chat",
        description = {
            "Talk with a language model. Each line is a message; /new starts again, /quit or the end of input ends.",
            "The model needs a chat template of its own, or --template."
        },
        footer = {"", "Example:", "  attune chat runs/quickstart/round-1/ppo/model"})
final class ChatCommand extends BaseCommand {
    @Parameters(paramLabel = "MODEL", description = "A model directory in Hugging Face's layout.")
    private Path directory;

    @Option(names = "--template", paramLabel = "NAME", description = "plain, human-assistant, chatml or a file.")
    private @Nullable String template;

    @Option(names = "--system", paramLabel = "TEXT", description = "A system message to begin with.")
    private @Nullable String system;

    @Mixin
    private SamplingArguments sampling;

    @Mixin
    private EngineOptions engine;

    @Override
    protected int run() throws IOException {
        SamplingOptions options = sampling.options();
        engine.apply();
        try (LoadedModel model = LoadedModel.open(directory, template)) {
            List<Message> messages = begin();
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            long turn = 0;
            prompt();
            for (String line = in.readLine(); line != null && !line.strip().equals("/quit"); line = in.readLine()) {
                if (line.strip().equals("/new")) {
                    messages = begin();
                } else if (!line.isBlank()) {
                    messages.add(Message.user(line));
                    messages.add(Message.assistant(answer(model, messages, options, sampling.seed() + turn++)));
                }
                prompt();
            }
        }
        return 0;
    }

    private List<Message> begin() {
        List<Message> messages = new ArrayList<>();
        if (system != null) {
            messages.add(new Message("system", system));
        }
        return messages;
    }

    private String answer(LoadedModel model, List<Message> messages, SamplingOptions options, long seed) {
        int[] tokens = model.encoder().encode(new Prompt.Chat(messages));
        TokenPrinter printer = new TokenPrinter(out(), model.tokenizer()::decode);
        Generated generated = model.generate(tokens, options, seed, (row, token, logProb) -> {
            if (options.stop().isEmpty()) {
                printer.add(token);
            }
        });
        String text = model.tokenizer().decode(generated.content());
        printer.finish(text);
        return text;
    }

    private void prompt() {
        err().print("> ");
        err().flush();
    }
}
