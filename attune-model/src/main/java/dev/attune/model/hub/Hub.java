package dev.attune.model.hub;

import dev.attune.core.error.BadInputException;
import dev.attune.core.error.RunFailedException;
import dev.attune.model.template.ChatTemplate;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A hub that serves model files as Hugging Face's does ({@code ENDPOINT/owner/name/resolve/REVISION/FILE}), with a
 * cache on disk. A file is fetched again only when its ETag has changed; what is in the cache is used when the hub is
 * not reachable.
 */
public final class Hub {
    private static final Pattern NAME = Pattern.compile(
            "([A-Za-z0-9][A-Za-z0-9._-]*)/([A-Za-z0-9][A-Za-z0-9._-]*)(?:@([A-Za-z0-9][A-Za-z0-9._-]*))?");

    private static final Pattern SHARD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*\\.safetensors");

    /** Fetched so that loading refuses a model that transformers would load with an adapter. */
    private static final String ADAPTER = "adapter_config.json";

    /** Fetched if the hub has them. */
    private static final List<String> OPTIONAL = List.of(
            "generation_config.json",
            "tokenizer.json",
            "tokenizer_config.json",
            "special_tokens_map.json",
            "added_tokens.json",
            ADAPTER,
            ChatTemplate.FILE);

    private final URI endpoint;
    private final @Nullable String token;
    private final Path cache;

    /**
     * @param endpoint the hub's address
     * @param token sent to the hub itself and to no other host; null for none
     * @param cache directory for what is fetched
     */
    public Hub(URI endpoint, @Nullable String token, Path cache) {
        this.endpoint = endpoint;
        this.token = token;
        this.cache = cache;
    }

    /**
     * The hub given by the environment: {@code HF_ENDPOINT}, {@code HF_TOKEN}, a cache under {@code ~/.cache/attune}.
     */
    static Hub fromEnvironment(String wanted) {
        String endpoint = System.getenv("HF_ENDPOINT");
        if (endpoint == null || endpoint.isBlank()) {
            throw new BadInputException(wanted + ": HF_ENDPOINT is not set; set it to the address of a hub, or name a"
                    + " directory that holds the model");
        }
        Path cache = Path.of(System.getProperty("user.home"), ".cache", "attune", "hub");
        return new Hub(URI.create(endpoint.strip()), System.getenv("HF_TOKEN"), cache);
    }

    /**
     * Fetches what is needed of a model and returns the directory that holds it.
     *
     * @param model {@code owner/name}, or {@code owner/name@revision}
     */
    public Path fetch(String model) {
        Matcher name = NAME.matcher(model);
        if (!name.matches() || model.contains("..")) {
            throw BadInputException.at("hf:" + model, "'" + model + "'", "owner/name", "correct the name");
        }
        String revision = name.group(3) == null ? "main" : name.group(3);
        Path directory = cache.resolve(name.group(1)).resolve(name.group(2)).resolve(revision);
        try {
            Files.createDirectories(directory);
            HubFiles files = new HubFiles(
                    URI.create(withoutSlash(endpoint.toString()) + "/" + name.group(1) + "/" + name.group(2)
                            + "/resolve/" + revision + "/"),
                    token,
                    directory);
            fetch("hf:" + model, files, directory);
        } catch (IOException e) {
            if (Files.isRegularFile(directory.resolve("config.json")) && hasWeights(directory)) {
                return directory; // complete enough: loading says what is missing
            }
            throw new RunFailedException("hf:" + model + ": cannot be fetched from " + endpoint + ": " + reason(e), e);
        }
        return directory;
    }

    private void fetch(String model, HubFiles files, Path directory) throws IOException {
        if (!files.fetch("config.json")) {
            if (files.fetch(ADAPTER)) {
                throw BadInputException.at(
                        model,
                        "an adapter alone at " + endpoint + " (" + ADAPTER + ")",
                        "a model with complete weights",
                        "merge it into its base model (PEFT: merge_and_unload, then save_pretrained)");
            }
            throw BadInputException.at(
                    model, "no config.json at " + endpoint, "a model", "check owner and name, and that it is a model");
        }
        for (String optional : OPTIONAL) {
            files.fetch(optional);
        }
        if (files.fetch("model.safetensors")) {
            return;
        }
        if (!files.fetch("model.safetensors.index.json")) {
            throw BadInputException.at(
                    model,
                    "no safetensors weights at " + endpoint,
                    "model.safetensors",
                    "choose a model that has them");
        }
        for (String shard : shards(directory.resolve("model.safetensors.index.json"))) {
            if (!files.fetch(shard)) {
                throw BadInputException.at(model, "no " + shard, "every shard of the index", "choose another model");
            }
        }
    }

    private static SortedSet<String> shards(Path index) throws IOException {
        SortedSet<String> shards = new TreeSet<>();
        try {
            for (JsonNode shard :
                    JsonMapper.shared().readTree(Files.readAllBytes(index)).path("weight_map")) {
                String name = shard.asString("");
                if (!SHARD.matcher(name).matches()) {
                    throw BadInputException.at(
                            index.toString(), "the shard " + shard, "a file name", "choose another model");
                }
                shards.add(name);
            }
        } catch (JacksonException e) {
            throw new BadInputException(index + ": not JSON: " + e.getOriginalMessage() + "; choose another model", e);
        }
        return shards;
    }

    private static boolean hasWeights(Path directory) {
        return Files.isRegularFile(directory.resolve("model.safetensors"))
                || Files.isRegularFile(directory.resolve("model.safetensors.index.json"));
    }

    private static String withoutSlash(String address) {
        return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
