package dev.attune.cli.lab;

import dev.attune.cli.lab.serving.Load;
import dev.attune.cli.lab.serving.ServedProcess;
import dev.attune.cli.lab.serving.ServingClient;
import dev.attune.cli.lab.serving.ServingClient.Streamed;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.hub.ModelLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code attune lab serving}: a server under the load of many clients. */
@Command(
        name = "serving",
        description = {
            "Load 'attune serve', a separate process on this machine, over HTTP: tokens per second of 1, 8 and --clients clients,"
                    + " the time until the first token; greedy texts in company against the same alone; clients that leave; memory"
                    + " over many requests.",
            "Clients and server share the machine's cores."
        },
        footer = {
            "",
            "Examples:",
            "  attune lab serving ../shared/models/SmolLM2-135M-Instruct --requests 64",
            "  attune lab serving ../shared/models/stories260K --requests 1000 --many 10000"
        })
final class ServingLab extends LabCommand {
    private static final int LEAVING = 50;

    @Parameters(paramLabel = "MODEL", description = "Model: a directory in Hugging Face format, or hf:owner/name.")
    private String directory;

    @Option(
            names = "--clients",
            paramLabel = "N",
            defaultValue = "64",
            description = "Clients at once (default: ${DEFAULT-VALUE}).")
    private int clients;

    @Option(
            names = "--prompt-tokens",
            paramLabel = "N",
            defaultValue = "32",
            description = "Mean length of prompts; they vary by half of it (default: ${DEFAULT-VALUE}).")
    private int promptTokens;

    @Option(
            names = "--new-tokens",
            paramLabel = "N",
            defaultValue = "64",
            description = "Mean largest number of new tokens; it varies by half of it (default: ${DEFAULT-VALUE}).")
    private int newTokens;

    @Option(
            names = "--requests",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Requests whose texts in company are compared with those alone (default: ${DEFAULT-VALUE}).")
    private int requests;

    @Option(
            names = "--many",
            paramLabel = "N",
            defaultValue = "0",
            description = "Requests over which memory is measured; 0: it is not (default: ${DEFAULT-VALUE}).")
    private int many;

    @Option(
            names = "--precision",
            paramLabel = "TYPE",
            defaultValue = "f32",
            description = "Precision of the served model: f32 or bf16 (default: ${DEFAULT-VALUE}).")
    private String precision;

    @Override
    void measure(Figures figures) throws Exception {
        Path model = ModelLocation.resolve(directory);
        int vocabulary = Math.min(500, Checkpoints.config(model).vocabularySize());
        Path log = Files.createTempFile("attune-serve", ".log");
        try (ServedProcess server = new ServedProcess(
                model,
                log,
                "--places",
                Integer.toString(clients),
                "--queue",
                Integer.toString(Math.max(1000, many)),
                "--precision",
                precision)) {
            ServingClient client = new ServingClient(server, vocabulary);
            Load.run(clients, 2 * clients, i -> () -> client.stream(i, promptTokens, newTokens));
            speed(figures, client);
            equalTexts(figures, client);
            leaving(figures, client);
            memory(figures, server, client);
        } finally {
            Files.deleteIfExists(log);
        }
    }

    private void speed(Figures figures, ServingClient client) throws InterruptedException {
        double alone = speed(figures, client, 1, 8);
        speed(figures, client, 8, 32);
        double together = speed(figures, client, clients, 4 * clients);
        figures.add(
                "tokens per second, " + clients + " clients over 1",
                together / alone,
                Target.atLeast(4),
                "clients and server on the same cores");
    }

    private double speed(Figures figures, ServingClient client, int number, int count) throws InterruptedException {
        err().println(number + " clients, " + count + " requests");
        long start = System.nanoTime();
        List<Streamed> answers = Load.run(number, count, i -> () -> client.stream(10_000 + i, promptTokens, newTokens));
        double seconds = (System.nanoTime() - start) / 1e9;
        int tokens = answers.stream().mapToInt(Streamed::tokens).sum();
        double[] first =
                answers.stream().mapToDouble(Streamed::firstSeconds).sorted().toArray();
        figures.add("tokens per second, " + number + " clients", tokens / seconds, Target.NONE, tokens + " tokens")
                .add(
                        "seconds until the first token, " + number + " clients, median",
                        first[first.length / 2],
                        Target.NONE)
                .add("the same, 95th percentile", first[(int) (0.95 * (first.length - 1))], Target.NONE);
        return tokens / seconds;
    }

    private void equalTexts(Figures figures, ServingClient client) throws Exception {
        err().println(requests + " requests at once, then each alone");
        List<String> together =
                Load.run(clients, requests, i -> () -> client.text(50_000 + i, promptTokens, newTokens));
        int equal = 0;
        for (int i = 0; i < requests; i++) {
            equal += client.text(50_000 + i, promptTokens, newTokens).equals(together.get(i)) ? 1 : 0;
        }
        figures.add(
                "greedy texts in company that are those alone",
                equal,
                Target.atLeast(requests),
                "of " + requests + ", " + clients + " clients");
    }

    private void leaving(Figures figures, ServingClient client) throws Exception {
        List<Boolean> left = Load.run(clients, LEAVING, i -> () -> {
            client.leave(i);
            return true;
        });
        long start = System.nanoTime();
        while (client.metric("attune_running") + client.metric("attune_waiting") > 0
                && System.nanoTime() - start < 30e9) {
            Thread.sleep(20);
        }
        figures.add(
                "seconds until the places of clients that left are free",
                (System.nanoTime() - start) / 1e9,
                Target.atMost(2),
                left.size() + " clients");
    }

    private void memory(Figures figures, ServedProcess server, ServingClient client)
            throws IOException, InterruptedException {
        if (many == 0) {
            return;
        }
        List<Double> seen = new ArrayList<>();
        for (int tenth = 0; tenth < 10; tenth++) {
            int from = 100_000 + tenth * (many / 10);
            Load.run(clients, many / 10, i -> () -> client.text(from + i, promptTokens, newTokens));
            seen.add(server.residentMegabytes());
            err().println((tenth + 1) * (many / 10) + " requests, " + Math.round(seen.get(tenth)) + " MB");
        }
        figures.add(
                "memory after all requests over that after half of them",
                seen.get(9) / seen.get(4),
                Target.atMost(1.03),
                many + " requests, MB after each tenth: "
                        + seen.stream().map(mb -> Long.toString(Math.round(mb))).toList());
    }
}
