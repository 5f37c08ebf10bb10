package dev.attune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.core.io.Hashing;
import dev.attune.core.provenance.Provenance;
import dev.attune.training.method.Methods;
import dev.attune.training.method.TrainingMethod;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The studio as a process: it is interrupted and killed, what it trains goes on, and a policy's model knows its rankings. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class StudioLoopTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int PROMPTS = 6;

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private Process studio;
    private String address = "";

    private void startStudio() throws IOException {
        ProcessBuilder java = MainTest.java(
                Main.class,
                "studio",
                "--port",
                "0",
                "--db",
                folder.resolve("studio.db").toString(),
                "--runs",
                folder.resolve("runs").toString());
        List<String> command = new ArrayList<>(java.command());
        // a group of its own, as a terminal gives it: the signal of Ctrl-C then goes to all of it and not to this test
        command.addAll(0, List.of("perl", "-e", "setpgrp(0, 0); $SIG{INT} = q(DEFAULT); exec @ARGV or die"));
        studio = new ProcessBuilder(command)
                .redirectError(folder.resolve("studio.err").toFile())
                .start();
        BufferedReader out = new BufferedReader(new InputStreamReader(studio.getInputStream(), StandardCharsets.UTF_8));
        String line = String.valueOf(out.readLine());
        address = line.replaceFirst(".* (http://[^/]*)/$", "$1");
    }

    @AfterEach
    void killStudio() throws InterruptedException {
        studio.destroyForcibly().waitFor();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(address + path)).build(), BodyHandlers.ofString());
    }

    private String csrf() throws IOException, InterruptedException {
        return first("name=\"csrf\" value=\"([0-9a-f]+)\"", get("/").body());
    }

    private static String first(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern + " in " + text).isTrue();
        return matcher.group(1);
    }

    private String post(String path, String type, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(address + path))
                        .header("Content-Type", type)
                        .header("X-Csrf-Token", csrf())
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isIn(204, 302);
        return answer.headers().firstValue("Location").orElse("").replaceFirst("^https?://[^/]*", "");
    }

    private String form(String path, String... fields) throws IOException, InterruptedException {
        StringBuilder body = new StringBuilder("x=");
        for (int i = 0; i < fields.length; i += 2) {
            body.append('&')
                    .append(fields[i])
                    .append('=')
                    .append(URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
        }
        return post(path, "application/x-www-form-urlencoded", body.toString());
    }

    private String projectWithRankings() throws IOException, InterruptedException {
        String project = form("/projects", "name", "Bakers", "criterion", "helpful", "overlap", "1", "guideline", "");
        StringBuilder tasks = new StringBuilder();
        for (int i = 0; i < PROMPTS; i++) {
            tasks.append("{\"prompt\": \"Where does baker ")
                    .append(i)
                    .append(" live?\", \"completions\": [\"In the village.\", \"No.\"]}\n");
        }
        String boundary = "----here";
        post(
                project + "/tasks",
                "multipart/form-data; boundary=" + boundary,
                "--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"t.jsonl\"\r\n\r\n"
                        + tasks + "\r\n--" + boundary + "--\r\n");
        for (int i = 0; i < PROMPTS; i++) {
            String page = get(project + "/rank").body();
            post(
                    "/tasks/" + first("data-task=\"([^\"]+)\"", page) + "/rankings",
                    "application/json",
                    "{\"id\": \"" + first("data-submission=\"([^\"]+)\"", page) + "\", \"judgements\":"
                            + " [{\"criterion\": \"helpful\", \"order\": [[0], [1]], \"unranked\": [],"
                            + " \"all_bad\": false}], \"seconds\": 1}");
        }
        return project;
    }

    private interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    private void await(String what, Condition condition) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (!condition.holds()) {
            assertThat(Instant.now()).as(what + "; " + logs()).isBefore(end);
            Thread.sleep(50);
        }
    }

    private String logs() throws IOException {
        Path log = run("reward-1").resolveSibling("log.txt");
        return Files.readString(folder.resolve("studio.err")) + (Files.exists(log) ? Files.readString(log) : "");
    }

    private Path run(String name) {
        return folder.resolve("runs/bakers").resolve(name).resolve("run");
    }

    private static long lines(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file).size() : 0;
    }

    @Test
    void whatTheStudioTrainsOutlivesItAndThePolicyNamesItsRankings() throws Exception {
        Path base = TestModels.tiny(folder);
        startStudio();
        String project = projectWithRankings();
        form(
                project + "/rewards",
                "path",
                base.toString(),
                "criterion",
                "",
                "template",
                "",
                "steps",
                "600",
                "seed",
                "1");
        Path metrics = run("reward-1").resolve("metrics.jsonl");
        await("its first steps", () -> lines(metrics) >= 2);

        // Ctrl-C in the terminal: the signal goes to every process of its group
        new ProcessBuilder("kill", "-INT", "--", "-" + studio.pid()).start().waitFor();
        assertThat(studio.waitFor(20, TimeUnit.SECONDS)).as("the studio ends").isTrue();
        long then = lines(metrics);
        await("more steps without a studio", () -> lines(metrics) > then);
        startStudio();
        assertThat(get("/runs/bakers/reward-1/run").body()).containsPattern("running|finished");
        studio.destroyForcibly().waitFor();
        await("the end without a studio", () -> Files.exists(run("reward-1").resolve("model/config.json")));
        assertThat(lines(metrics)).isEqualTo(600);

        startStudio();
        await("finished", () -> get(project).body().contains("finished"));
        assertThat(get("/runs/bakers/reward-1/run").body()).contains("eval_accuracy", "rankings.jsonl");
        trainPolicy(project);
        newCompletions(project);
    }

    /** With a recipe that its method reads, and whose defaults are written out. */
    private void everyMethodIsOffered(String project, String reward) throws Exception {
        String page = get(project + "/loop").body();
        for (TrainingMethod<?> method : Methods.registered().all()) {
            boolean policy = !List.of(TrainingMethod.Source.DEMONSTRATIONS, TrainingMethod.Source.STEPS)
                            .contains(method.source())
                    && !method.name().equals("reward");
            assertThat(page.contains("<option value=\"" + method.name() + "\">"))
                    .as(method.name())
                    .isEqualTo(policy);
            if (policy) {
                String name = URLEncoder.encode(method.name(), StandardCharsets.UTF_8);
                HttpResponse<String> offer = get(project + "/policy?method=" + name + "&reward=" + reward);
                assertThat(offer.statusCode()).as(method.name()).isEqualTo(200);
                assertThat(offer.body()).contains("method: " + method.name(), "weight_decay");
            }
        }
    }

    private void trainPolicy(String project) throws Exception {
        String reward = first(
                "option value=\"([0-9a-f]{32})\">bakers/reward-1",
                get(project + "/loop").body());
        everyMethodIsOffered(project, reward);
        String offer = get(project + "/policy?reward=" + reward).body();
        String recipe = first("(?s)class=\"code\">(.*?)</textarea>", offer)
                .replace("&#34;", "\"")
                .replace("&quot;", "\"")
                .replace("&gt;", ">");
        form(
                project + "/policies",
                "reward",
                reward,
                "recipe",
                recipe.replaceFirst("(?m)^steps: 50$", "steps: 2")
                        .replaceFirst("rollouts: 32", "rollouts: 8")
                        .replaceFirst("max_new_tokens: 48", "max_new_tokens: 8"));
        await(
                "the policy",
                () -> get("/runs/bakers/ppo-1/run").body().contains("state finished")
                        || get("/runs/bakers/ppo-1/run").body().contains("state failed"));
        assertThat(get("/runs/bakers/ppo-1/run").body())
                .contains("state finished", "/runs/bakers/reward-1/run", "objective/kl");
        Path rankings = run("reward-1").resolveSibling("rankings.jsonl");
        String hash = Hashing.sha256(rankings);
        Path model = run("ppo-1").resolve("model");
        assertThat(Files.readString(model.resolve("README.md")))
                .contains("- `" + rankings + "`, " + PROMPTS + " rows, sha256 " + hash);
        assertThat(Provenance.find(model).orElseThrow().allData())
                .anySatisfy(data -> assertThat(data.sha256()).isEqualTo(hash));
        assertThat(get("/runs/bakers/ppo-1/run").body()).contains("sha256 " + hash);
    }

    private void newCompletions(String project) throws Exception {
        String policy = first(
                "option value=\"([0-9a-f]{32})\">bakers/ppo-1",
                get(project + "/loop").body());
        form(project + "/rounds", "run", policy, "prompts", "2", "completions", "4", "tokens", "12", "seed", "3");
        await("new tasks", () -> get(project).body().contains("6 of 8 ranked"));
        assertThat(get(project).body())
                .containsSubsequence("Rankings", "Reward model", "Policy (PPO)", "New completions", "2 tasks");
        assertThat(get(project + "/rank").body()).contains("Where does baker");
    }
}
