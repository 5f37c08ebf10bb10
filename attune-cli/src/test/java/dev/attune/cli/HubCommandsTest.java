package dev.attune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hf:owner/name} as a model of every command that takes one, against a server that speaks the hub's protocol. */
class HubCommandsTest {
    @TempDir
    private Path folder;

    private HttpServer hub;

    @BeforeEach
    void start() throws IOException {
        TestModels.reward(folder);
        hub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hub.createContext("/me/", this::serve);
        hub.start();
    }

    @AfterEach
    void stop() {
        hub.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        Path file = folder.resolve(
                exchange.getRequestURI().getPath().substring("/me/".length()).replace("/resolve/main", ""));
        boolean there = Files.isRegularFile(file);
        boolean body = there && exchange.getRequestMethod().equals("GET");
        exchange.getResponseHeaders().set("ETag", "\"" + file.getFileName() + "\"");
        exchange.sendResponseHeaders(there ? 200 : 404, body ? Files.size(file) : -1);
        if (body) {
            Files.copy(file, exchange.getResponseBody());
        }
        exchange.close();
    }

    @Test
    void everyCommandTakesAModelOfAHub() throws Exception {
        String data = Files.writeString(
                        folder.resolve("c.jsonl"), "{\"prompt\": \"Who bakes?\", \"completion\": \"Ada.\"}\n")
                .toString();
        String golden = folder.resolve("none.safetensors").toString();
        List<String> answers = inAChild(List.of(
                generate("hf:me/base"),
                "chat\thf:me/base",
                "score\thf:me/reward\t" + data,
                "evaluate\thf:me/base\t--suite\thonest\t--prompts\t1",
                "data\tinspect\t" + data + "\t--tokenizer\thf:me/base",
                "verify\thf:me/base\t--against\t" + golden,
                generate("hf:me/nothing")));
        assertThat(answers)
                .filteredOn(line -> line.startsWith("status"))
                .as(String.join("\n", answers))
                .containsExactly("status 0", "status 0", "status 0", "status 0", "status 0", "status 2", "status 2");
        String local = CommandLineRun.of(
                        generate(folder.resolve("base").toString()).split("\t", -1))
                .out();
        assertThat(answers.get(0) + "\n").isEqualTo(local);
        assertThat(answers)
                .anyMatch(line -> line.contains(golden + ": found no such file")) // the model was there
                .anyMatch(line -> line.contains("hf:me/nothing: found no config.json"));
    }

    private static String generate(String model) {
        return "generate\t" + model + "\t--prompt\tThe baker\t--greedy\t--max-new-tokens\t8";
    }

    /** A hub is named by the environment, which a process cannot change for itself. */
    private List<String> inAChild(List<String> commands) throws IOException, InterruptedException {
        Path file = Files.write(folder.resolve("commands"), commands);
        ProcessBuilder builder = MainTest.java(
                HubCommandsTest.class, file.toString(), folder.resolve("home").toString());
        builder.environment()
                .put("HF_ENDPOINT", "http://127.0.0.1:" + hub.getAddress().getPort());
        Process child = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        child.getOutputStream().close();
        String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        child.waitFor();
        return output.lines().toList();
    }

    /** Runs the command lines of a file, words parted by tabs, each followed by its status. */
    public static void main(String[] arguments) throws IOException {
        System.setProperty("user.home", arguments[1]);
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        for (String line : Files.readAllLines(Path.of(arguments[0]))) {
            out.println("status " + Attune.run(out, out, line.split("\t", -1)));
        }
    }
}
