package dev.attune.cli;

import dev.attune.cli.command.BaseCommand;
import dev.attune.cli.command.EngineOptions;
import dev.attune.core.error.BadInputException;
import dev.attune.model.hub.ModelLocation;
import dev.attune.serve.ModelServer;
import dev.attune.serve.ServeOptions;
import dev.attune.serve.local.DirectoryModel;
import dev.attune.serve.local.DirectoryOptions;
import dev.attune.serve.model.ServedModel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code attune serve}: OpenAI's protocol over a model, until it is interrupted. */
@Command(
        name = "serve",
        description = {
            "Serve a model with OpenAI's protocol: /v1/chat/completions, /v1/completions, /v1/embeddings; a reward model with"
                    + " /v1/score. Requests are computed together, and none changes another's answer.",
            "Only this machine can reach the server, unless --host is given, which needs a key. /metrics has figures for"
                    + " Prometheus, /health says when the model is loaded. Ctrl-C stops the server."
        },
        footer = {
            "",
            "Examples:",
            "  attune serve runs/quickstart/round-1/ppo/model --name aligned",
            "  attune serve runs/base --adapter polite=runs/lora/model --port 8001"
        })
final class ServeCommand extends BaseCommand {
    private static final String KEY = "ATTUNE_API_KEY";

    @Parameters(
            paramLabel = "MODEL",
            description = "Model: a directory in Hugging Face format, an adapter with its base, or hf:owner/name.")
    private String directory;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Name of the model in requests (default: the directory's).")
    private @Nullable String name;

    @Option(
            names = "--adapter",
            paramLabel = "NAME=DIR",
            description = "LoRA adapter of the model, and its name in requests. Repeatable.")
    private Map<String, String> adapters = new LinkedHashMap<>();

    @Option(
            names = "--host",
            paramLabel = "HOST",
            defaultValue = "127.0.0.1",
            description = "Address to listen on (default: ${DEFAULT-VALUE}).")
    private String host;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8000",
            description = "Port to listen on; 0 for any free port (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--api-key",
            paramLabel = "KEY",
            description =
                    "Key that requests need. Repeatable. Other users of this machine can see options; the environment"
                            + " variable " + KEY + " (keys separated by commas) is hidden from them.")
    private List<String> keys = new ArrayList<>();

    @Option(
            names = "--origin",
            paramLabel = "URL",
            description = "Origin of web pages that may read answers, such as https://app.example. Repeatable.")
    private List<String> origins = new ArrayList<>();

    @Option(
            names = "--places",
            paramLabel = "N",
            defaultValue = "64",
            description = "Answers computed at once (default: ${DEFAULT-VALUE}).")
    private int places;

    @Option(
            names = "--queue",
            paramLabel = "N",
            description = "Answers that wait for a place; more requests get status 429 (default: 4 x places).")
    private @Nullable Integer queue;

    @Option(
            names = "--cache-memory",
            paramLabel = "GB",
            defaultValue = "4",
            description = "Memory for keys and values of running answers and kept beginnings of prompts, in GB"
                    + " (default: ${DEFAULT-VALUE}).")
    private double cacheMemory;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "0",
            description = "Longest time of a request; 0: no limit (default: ${DEFAULT-VALUE}).")
    private double timeout;

    @Option(
            names = "--max-body",
            paramLabel = "MB",
            defaultValue = "32",
            description = "Largest request, in MB (default: ${DEFAULT-VALUE}).")
    private double maxBody;

    @Mixin
    private ConversationArguments conversations;

    @Mixin
    private EngineOptions engine;

    @Mixin
    private PrecisionOption precision;

    @Override
    protected int run() throws InterruptedException {
        ServeOptions options = options();
        requireNumbers();
        Path stored = ModelLocation.resolve(directory);
        Path base = DirectoryModel.baseOf(stored);
        Map<String, Path> loaded = adapterFolders();
        if (base != null) {
            loaded.put(modelName(stored), stored);
        }
        engine.apply();
        Path whole = base == null ? stored : base;
        try (ModelServer server = ModelServer.open(options);
                DirectoryModel model = DirectoryModel.open(
                        whole,
                        DirectoryOptions.of(base == null ? modelName(stored) : baseName(stored, base))
                                .withAdapters(loaded)
                                .withConversations(conversations.options())
                                .withStorage(precision.storage(whole))
                                .withPlaces(places)
                                .withQueue(queue == null ? 4 * places : queue)
                                .withCacheBytes((long) (cacheMemory * (1L << 30))))) {
            server.serve(List.of(model.served()));
            announce(model.served(), server);
            new CountDownLatch(1).await();
        }
        return 0;
    }

    private ServeOptions options() {
        List<String> all = new ArrayList<>(keys);
        String hidden = System.getenv(KEY);
        if (hidden != null && !hidden.isBlank()) {
            all.addAll(List.of(hidden.split(",", -1)));
        }
        return ServeOptions.DEFAULT
                .withHost(host)
                .withPort(port)
                .withKeys(all)
                .withOrigins(new LinkedHashSet<>(origins))
                .withTimeout(Duration.ofMillis((long) (timeout * 1000)))
                .withMaxBodyBytes((long) (maxBody * 1e6));
    }

    private void requireNumbers() {
        require(places >= 1, "--places", places, "a number of at least 1");
        require(queue == null || queue >= 0, "--queue", queue, "a number of at least 0");
        require(cacheMemory > 0, "--cache-memory", cacheMemory, "a number above 0");
        require(timeout >= 0, "--timeout", timeout, "a number of at least 0");
        require(maxBody > 0, "--max-body", maxBody, "a number above 0");
        require(port >= 0 && port <= 65_535, "--port", port, "a number from 0 to 65535");
    }

    private static void require(boolean met, String option, @Nullable Number found, String expected) {
        if (!met) {
            throw BadInputException.at(option, String.valueOf(found), expected, "change it");
        }
    }

    private Map<String, Path> adapterFolders() {
        Map<String, Path> folders = new LinkedHashMap<>();
        adapters.forEach((adapter, folder) -> folders.put(adapter, ModelLocation.resolve(folder)));
        return folders;
    }

    /** The directory's name, or that of the run if it is a run's {@code model}. */
    private String modelName(Path stored) {
        return name == null ? folderName(stored) : name;
    }

    private String baseName(Path adapter, Path base) {
        String folder = folderName(base);
        return folder.equals(modelName(adapter)) ? folder + "-base" : folder;
    }

    private static String folderName(Path stored) {
        Path whole = stored.toAbsolutePath().normalize();
        Path parent = whole.getParent();
        Path named = whole.endsWith("model") && parent != null && parent.getFileName() != null ? parent : whole;
        return String.valueOf(named.getFileName());
    }

    private void announce(ServedModel model, ModelServer server) {
        List<String> names = new ArrayList<>(List.of(model.id()));
        names.addAll(model.adapters());
        out().println("Serving " + String.join(", ", names) + " at http://"
                + (host.contains(":") ? "[" + host + "]" : host) + ":" + server.port() + "/v1");
        out().flush();
        if (model.scorer() == null && !model.encoder().hasTemplate()) {
            err().println(
                            "note: the model has no chat template, so there are no chat completions; name one with --template");
        }
    }
}
