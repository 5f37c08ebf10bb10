package dev.attune.cli.lab.crowd;

import dev.attune.cli.process.OwnProcess;
import dev.attune.core.error.RunFailedException;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A studio in another process, with the same port after a restart. */
public final class StudioProcess implements AutoCloseable {
    /** The JVM options of ./attune for a studio. */
    private static final List<String> SETTINGS = List.of("-Xmx512m", "-XX:TieredStopAtLevel=1");

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final String database;
    private final Path log;
    private final int port;
    private Process process;

    /**
     * Starts a studio, and returns when it answers.
     *
     * @param database the value of {@code --db}
     * @param log file for its output
     */
    public StudioProcess(String database, Path log) throws IOException, InterruptedException {
        this.database = database;
        this.log = log;
        this.port = freePort();
        this.process = start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private Process start() throws IOException, InterruptedException {
        List<String> arguments = List.of("studio", "--db", database, "--port", Integer.toString(port));
        Process started = new ProcessBuilder(OwnProcess.command(SETTINGS, arguments))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        long end = System.nanoTime() + TIMEOUT.toNanos();
        while (!answers()) {
            if (!started.isAlive() || System.nanoTime() > end) {
                started.destroyForcibly();
                throw new RunFailedException("the studio does not answer; " + log + " says why");
            }
            Thread.sleep(20);
        }
        return started;
    }

    private boolean answers() throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(address("/login")).build();
            return HttpClient.newHttpClient()
                            .send(request, BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    URI address(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** Kills the studio with SIGKILL, and restarts it. */
    public void killAndStart() throws IOException, InterruptedException {
        process.destroyForcibly().waitFor();
        process = start();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
