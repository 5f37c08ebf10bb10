package dev.attune.langchain4j.local;

import dev.attune.serve.ModelServer;
import dev.attune.serve.ServeOptions;
import dev.attune.serve.local.DirectoryModel;
import dev.attune.serve.local.DirectoryOptions;
import dev.attune.serve.model.ServedModel;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Models in this process, on a port that only this machine reaches and with a random key. Any number of LangChain4j's models may
 * share it, so that each of the models is loaded once.
 */
public final class LocalServer implements AutoCloseable {
    private static final int KEY_BYTES = 24;

    private final List<DirectoryModel> opened;
    private final List<ServedModel> models;
    private final String modelName;
    private final String key;
    private final ModelServer server;

    private LocalServer(Builder builder) {
        this.opened = List.copyOf(builder.opened);
        this.models = List.copyOf(builder.models);
        this.modelName = builder.names.get(0);
        this.key = randomKey();
        this.server = ModelServer.start(ServeOptions.DEFAULT.withPort(0).withKeys(List.of(key)), models);
    }

    private static String randomKey() {
        byte[] bytes = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /**
     * Loads a model under its directory's name and serves it.
     *
     * @param directory of a language model, a reward model, or an adapter with its base
     * @throws dev.attune.core.error.BadInputException naming the file and what is wrong with it
     */
    public static LocalServer open(Path directory) {
        return builder().model(directory).start();
    }

    /** Starts to choose the models. */
    public static Builder builder() {
        return new Builder();
    }

    /** The address of the API. */
    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + server.port() + "/v1");
    }

    /** The key that requests need. */
    public String apiKey() {
        return key;
    }

    /** The name of the first model; of an adapter if it was opened by its directory. */
    public String modelName() {
        return modelName;
    }

    /** Whether answers of a model can be held to a schema. */
    public boolean constrains(String model) {
        return models.stream()
                .filter(served -> served.id().equals(model) || served.adapters().contains(model))
                .anyMatch(served -> served.constraints() != null);
    }

    /** Ends running requests, stops the server, and closes the models that it loaded. */
    @Override
    public void close() {
        server.close();
        opened.forEach(DirectoryModel::close);
    }

    /** The models of a server. */
    public static final class Builder {
        private final List<DirectoryModel> opened = new ArrayList<>();
        private final List<ServedModel> models = new ArrayList<>();
        private final List<String> names = new ArrayList<>();

        private Builder() {}

        /** A model under its directory's name. */
        public Builder model(Path directory) {
            Path base = DirectoryModel.baseOf(directory);
            String name = name(directory);
            return base == null
                    ? add(name, directory, DirectoryOptions.of(name))
                    : add(name, base, DirectoryOptions.of(name + "-base").withAdapters(Map.of(name, directory)));
        }

        private static String name(Path directory) {
            return String.valueOf(directory.toAbsolutePath().normalize().getFileName());
        }

        /** A model with options: another name, a template, adapters, places, memory. */
        public Builder model(Path directory, DirectoryOptions options) {
            return add(options.id(), directory, options);
        }

        private Builder add(String name, Path directory, DirectoryOptions options) {
            try {
                DirectoryModel model = DirectoryModel.open(directory, options);
                opened.add(model);
                models.add(model.served());
                names.add(name);
                return this;
            } catch (RuntimeException e) {
                close();
                throw e;
            }
        }

        /** A model that is loaded already and stays the caller's. */
        public Builder model(ServedModel model) {
            models.add(model);
            names.add(model.id());
            return this;
        }

        /** Serves the models until the server is closed. */
        public LocalServer start() {
            if (models.isEmpty()) {
                throw new IllegalArgumentException("found no model, expected at least one; add one with model(...)");
            }
            try {
                return new LocalServer(this);
            } catch (RuntimeException e) {
                close();
                throw e;
            }
        }

        private void close() {
            opened.forEach(DirectoryModel::close);
        }
    }
}
