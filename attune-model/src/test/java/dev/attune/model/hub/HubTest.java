package dev.attune.model.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.attune.core.error.BadInputException;
import dev.attune.core.error.RunFailedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests against two local servers: the hub, and the store that it redirects to for large files. */
class HubTest {
    @TempDir
    Path cache;

    private final Map<String, String> files = new ConcurrentHashMap<>();
    private final List<String> log = new ArrayList<>();
    private HttpServer hub;
    private HttpServer store;
    private boolean damaged;
    private boolean gated;

    @BeforeEach
    void start() throws IOException {
        hub = server(this::serveHub);
        store = server(this::serveStore);
        files.put("config.json", "{}");
        files.put("tokenizer.json", "{\"t\": 1}");
        files.put("model.safetensors", "weights");
    }

    private static HttpServer server(com.sun.net.httpserver.HttpHandler handler) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", handler);
        server.start();
        return server;
    }

    @AfterEach
    void stop() {
        hub.stop(0);
        store.stop(0);
    }

    private static String address(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private Hub client() {
        return new Hub(URI.create(address(hub) + "/"), "secret", cache);
    }

    private static String sha256(String content) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private synchronized void serveHub(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        log.add(exchange.getRequestMethod() + " " + path + " " + authorization);
        String prefix = "/me/tiny/resolve/main/";
        String name = path.startsWith(prefix) ? path.substring(prefix.length()) : "";
        String content = files.get(name);
        if (gated) {
            answer(exchange, 401, "");
        } else if (content == null) {
            exchange.getResponseHeaders().set("X-Error-Code", "EntryNotFound");
            answer(exchange, 404, "Entry not found");
        } else if (name.endsWith(".safetensors")) {
            exchange.getResponseHeaders().set("X-Linked-ETag", "\"" + sha256(content) + "\"");
            exchange.getResponseHeaders().set("Location", address(store) + "/blob/" + name);
            answer(exchange, 302, "");
        } else {
            exchange.getResponseHeaders().set("ETag", "\"" + content.hashCode() + "\"");
            answer(exchange, 200, content);
        }
    }

    private synchronized void serveStore(HttpExchange exchange) throws IOException {
        String name = exchange.getRequestURI().getPath().substring("/blob/".length());
        log.add("STORE " + name + " " + exchange.getRequestHeaders().getFirst("Authorization"));
        answer(exchange, 200, damaged ? "garbage" : files.getOrDefault(name, ""));
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        boolean empty = exchange.getRequestMethod().equals("HEAD") || bytes.length == 0;
        exchange.sendResponseHeaders(status, empty ? -1 : bytes.length);
        if (!empty) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    @Test
    void fetchesAModelAndSendsTheTokenToTheHubAlone() {
        Path model = client().fetch("me/tiny");

        assertThat(model.resolve("config.json")).hasContent("{}");
        assertThat(model.resolve("model.safetensors")).hasContent("weights");
        assertThat(model.resolve("chat_template.jinja")).doesNotExist();
        assertThat(log).contains("GET /me/tiny/resolve/main/config.json Bearer secret", "STORE model.safetensors null");
    }

    @Test
    void fetchesAgainOnlyWhatHasChanged() {
        client().fetch("me/tiny");
        log.clear();
        files.put("tokenizer.json", "{\"t\": 2}");
        Path model = client().fetch("me/tiny");

        assertThat(model.resolve("tokenizer.json")).hasContent("{\"t\": 2}");
        assertThat(log.stream().filter(line -> !line.startsWith("HEAD")))
                .containsExactly("GET /me/tiny/resolve/main/tokenizer.json Bearer secret");
    }

    @Test
    void fetchesShards() {
        files.remove("model.safetensors");
        files.put(
                "model.safetensors.index.json",
                "{\"weight_map\": {\"a\": \"one.safetensors\", \"b\": \"two.safetensors\"}}");
        files.put("one.safetensors", "1");
        files.put("two.safetensors", "2");

        Path model = client().fetch("me/tiny");
        assertThat(model.resolve("two.safetensors")).hasContent("2");

        files.put("model.safetensors.index.json", "{\"weight_map\": {\"a\": \"../../x.safetensors\"}}");
        assertThatThrownBy(() -> client().fetch("me/tiny"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("../../x.safetensors");
    }

    @Test
    void theCacheServesWhenTheHubIsGone() {
        Path first = client().fetch("me/tiny");
        Hub client = client();
        hub.stop(0);

        assertThat(client.fetch("me/tiny")).isEqualTo(first);
        assertThatThrownBy(() -> client.fetch("me/other"))
                .isInstanceOf(RunFailedException.class)
                .hasMessageContaining("hf:me/other");
    }

    @Test
    void damagedFilesAreNotKept() {
        damaged = true;

        assertThatThrownBy(() -> client().fetch("me/tiny"))
                .isInstanceOf(RunFailedException.class)
                .hasMessageContaining("damaged");
        assertThat(cache.resolve("me/tiny/main/model.safetensors")).doesNotExist();
    }

    @Test
    void whatIsNotThereIsNamed() {
        assertThatThrownBy(() -> client().fetch("me/nothing"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("hf:me/nothing");
        files.remove("model.safetensors");
        assertThatThrownBy(() -> client().fetch("me/tiny"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("safetensors");
        for (String name : List.of("tiny", "../x/y", "a/../b", "a/b/c", "")) {
            assertThatThrownBy(() -> client().fetch(name))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("owner/name");
        }
        gated = true;
        assertThatThrownBy(() -> client().fetch("me/tiny"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("HF_TOKEN");
    }

    @Test
    void aDirectoryStaysADirectory() throws IOException {
        assertThat(ModelLocation.resolve(cache.toString())).isEqualTo(cache);
        assertThat(ModelLocation.isHub("hf:me/tiny")).isTrue();
        assertThatThrownBy(() -> ModelLocation.resolve(cache.resolve("none").toString()))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("found no such directory");
        Path file = Files.writeString(cache.resolve("file"), "");
        assertThatThrownBy(() -> ModelLocation.resolve(file.toString()))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("found a file");
    }

    @Test
    void anAdapterOfTheHubIsNoticed() {
        files.put("adapter_config.json", "{}");
        assertThat(client().fetch("me/tiny").resolve("adapter_config.json")).exists();
        files.remove("config.json");
        assertThatThrownBy(() -> client().fetch("me/tiny"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("found an adapter alone")
                .hasMessageContaining("merge_and_unload");
    }
}
