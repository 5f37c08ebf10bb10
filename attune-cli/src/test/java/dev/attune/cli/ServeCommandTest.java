package dev.attune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.cli.process.OwnProcess;
import dev.attune.core.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("shared")
class ServeCommandTest {
    private static final String MODEL = Path.of(System.getProperty("attune.shared"), "models", "stories260K")
            .toString();

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    private Process start(Path log, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("serve", MODEL));
        arguments.addAll(List.of(options));
        return new ProcessBuilder(OwnProcess.command(List.of(), arguments))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private static String address(Path log, Process process) throws Exception {
        for (int i = 0; i < 1200 && process.isAlive(); i++) {
            for (String line : Files.readAllLines(log)) {
                if (line.startsWith("Serving ")) {
                    return line.substring(line.indexOf("http"));
                }
            }
            Thread.sleep(50);
        }
        throw new AssertionError(Files.readString(log));
    }

    private HttpResponse<String> get(String url, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void servesUntilItIsEndedAndStartsAgainAfterAKill() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        for (int round = 0; round < 2; round++) {
            Path log = folder.resolve("log-" + round);
            Process process = start(log, "--port", Integer.toString(port), "--api-key", "secret", "--name", "tales");
            try {
                String url = address(log, process);
                assertThat(url).isEqualTo("http://127.0.0.1:" + port + "/v1");
                assertThat(Files.readString(log)).contains("Serving tales", "no chat template");
                assertThat(get(url + "/models").statusCode()).isEqualTo(401);
                HttpResponse<String> models = get(url + "/models", "authorization", "bearer  secret");
                assertThat(Json.tree(models.body()).at("/data/0/id").asString()).isEqualTo("tales");
                assertThat(get("http://127.0.0.1:" + port + "/health").statusCode())
                        .isEqualTo(200);
            } finally {
                process.destroyForcibly();
            }
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void refusesWhatItCannotServe() throws Exception {
        CommandLineRun open = CommandLineRun.of("serve", MODEL, "--host", "0.0.0.0");
        assertThat(open.status()).isEqualTo(2);
        assertThat(open.lastError()).contains("--host 0.0.0.0", "without a key");
        CommandLineRun missing =
                CommandLineRun.of("serve", folder.resolve("none").toString(), "--port", "0");
        assertThat(missing.status()).isEqualTo(2);
        assertThat(missing.lastError()).contains("none");
        assertThat(CommandLineRun.of("serve", MODEL, "--places", "0").lastError())
                .contains("--places", "at least 1");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CommandLineRun used = CommandLineRun.of("serve", MODEL, "--port", Integer.toString(taken.getLocalPort()));
            assertThat(used.status()).isEqualTo(2);
            assertThat(used.lastError()).contains("--port " + taken.getLocalPort());
        }
    }
}
