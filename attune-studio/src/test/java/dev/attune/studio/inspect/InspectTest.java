package dev.attune.studio.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.core.rollout.Rollout;
import dev.attune.core.rollout.RolloutFiles;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import dev.attune.feedback.Database;
import dev.attune.feedback.store.Labeler.Role;
import dev.attune.studio.FreshStudio;
import dev.attune.studio.StudioClient;
import dev.attune.studio.Wiring;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Rollouts and reward hacking over HTTP. */
@ParameterizedClass
@EnumSource(Database.class)
class InspectTest {
    @Parameter
    Database database;

    @TempDir
    Path folder;

    private FreshStudio studio;
    private StudioClient reviewer;
    private StudioClient labeler;

    @BeforeEach
    void start() throws IOException {
        run(folder.resolve("runs/team/ppo"));
        run(folder.resolve("secret/ppo"));
        studio = new FreshStudio(database, folder, Wiring.NONE.withTokens((run, tokens) -> Arrays.stream(tokens)
                .mapToObj(token -> token == 8 ? "<script>alert(8)</script>" : "w" + token)
                .toList()));
        reviewer = studio.client(studio.join("Ada", Role.REVIEWER));
        labeler = studio.client(studio.join("Ben", Role.LABELER));
    }

    @AfterEach
    void stop() {
        studio.close();
    }

    private static void run(Path run) throws IOException {
        Files.createDirectories(run.resolve("rollouts"));
        Files.writeString(run.resolve("recipe.yaml"), "method: ppo\nreward:\n- {class: A, weight: 1.0}\nsteps: 2\n");
        Files.writeString(
                run.resolve("metrics.jsonl"),
                "{\"step\":1,\"objective/scores\":0.5,\"objective/kl_k1\":0,\"scores/A\":0.5}\n"
                        + "{\"step\":2,\"objective/scores\":0.75,\"objective/kl_k1\":4,\"scores/A\":0.75}\n");
        RolloutFiles.write(run.resolve("rollouts/step-1.jsonl.gz"), List.of(rollout("First?", 1, 0.5f, "end_token")));
        RolloutFiles.write(
                run.resolve("rollouts/step-2.jsonl.gz"),
                List.of(
                        rollout("Where is the <b>mill</b>?", 1.5, 0.5f, "end_token"),
                        rollout("Second?", 2.5, -0.75f, "length"),
                        rollout("Third?", -1, 2, "end_token")));
    }

    private static Rollout rollout(String asked, double score, float kl, String stop) {
        return new Rollout(
                Prompt.chat(Message.user(asked)),
                "Here.",
                new int[] {5},
                new int[] {7, 8, 9},
                new int[] {1, 1, 0},
                new float[] {-0.5f, -0.25f, 0},
                new float[] {-1.1931472f, -0.25f, 0},
                null,
                new float[] {kl, 0, 0},
                new float[] {-0.0125f, 3, 0},
                new float[] {1.5f, -3, 0},
                new float[] {2.5f, 3, 0},
                score,
                Map.of("A", score),
                Map.of(),
                stop,
                List.of(new Rollout.Turn("a <i>state</i>", "an action", 0, 2, 0.125, "won")),
                stop.equals("length") ? "spoke out of turn" : null);
    }

    private String inspect(String choices) throws IOException, InterruptedException {
        HttpResponse<String> answer = reviewer.get("/inspect?run=team/ppo" + choices);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    @Test
    void onlyReviewersComeIn() throws Exception {
        for (String path : List.of("/runs", "/inspect?run=team/ppo", "/monitor?run=team/ppo")) {
            assertThat(labeler.get(path).statusCode()).as(path).isEqualTo(403);
            assertThat(studio.client(null).get(path).statusCode()).as(path).isEqualTo(302);
            assertThat(reviewer.get(path).statusCode()).as(path).isEqualTo(200);
        }
        assertThat(labeler.get("/").body()).doesNotContain("/runs");
    }

    @Test
    void noNameLeadsOutOfTheFolder() throws Exception {
        for (String name : List.of(
                "../secret/ppo",
                "team/../../secret/ppo",
                folder.resolve("secret/ppo").toString(),
                "team",
                "",
                "..")) {
            String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8);
            assertThat(reviewer.get("/inspect?run=" + encoded).statusCode())
                    .as(name)
                    .isEqualTo(404);
            assertThat(reviewer.get("/monitor?run=" + encoded).statusCode())
                    .as(name)
                    .isEqualTo(404);
        }
        assertThat(reviewer.get("/monitor").statusCode()).isEqualTo(404);
        assertThat(reviewer.get("/runs").body()).contains("team/ppo").doesNotContain("secret");
    }

    @Test
    void aRolloutShowsItsStoredNumbers() throws Exception {
        String page = inspect("&step=2&at=0&colour=reward");
        assertThat(page)
                .contains("Score 1.500, sequence KL 0.500 nats, ended by end_token", "3 of 3 rollouts")
                .contains("<td>-0.5000</td>", "<td>-1.1931</td>", "<td>2.000</td>", "<td>-3.0000</td>")
                .contains("aria-label=\"0 w7: reward -0.01250\"", "aria-label=\"2 w9: written by the environment\"")
                .contains("w9 (environment)", "an action", "0.125");
        assertThat(StudioClient.first("class=\"token (d\\d+)[^>]*id=\"token-1\"", page))
                .as("the highest reward")
                .isEqualTo("d10");
        assertThat(StudioClient.first("class=\"token (d\\d+)[^>]*id=\"token-1\"", inspect("&step=2&at=0")))
                .as("the lowest advantage")
                .isEqualTo("d0");
    }

    @Test
    void aRatioIsNamedForWhatItIs() throws Exception {
        assertThat(inspect("&step=2&at=0&colour=ratio"))
                .contains("ratio to the reference", "pi_old / pi_ref", "<li class=\"d10\">2.000</li>")
                .contains("<li class=\"d5\">1</li>", "<li class=\"d0\">0.500</li>");
        assertThat(inspect("&step=2&at=0&colour=value")).contains("This run did not record this value.");
    }

    @Test
    void filtersListWhatTheySay() throws Exception {
        assertThat(inspect("")).as("the last step").contains("3 of 3 rollouts");
        assertThat(inspect("&step=1")).contains("1 of 1 rollouts", "First?");
        assertThat(inspect("&show=negative-kl"))
                .contains("1 of 3 rollouts", "Rollout 1</h2>")
                .doesNotContain("Third?");
        assertThat(inspect("&show=highest-kl")).contains("Rollout 2</h2>");
        assertThat(inspect("&show=highest-reward")).contains("Rollout 1</h2>");
        assertThat(inspect("&show=lowest-reward")).contains("Rollout 2</h2>");
        assertThat(inspect("&show=truncated")).contains("1 of 3 rollouts", "Second?");
        assertThat(inspect("&show=faults")).contains("The environment spoke out of turn");
        assertThat(inspect("&step=1&show=faults")).contains("No rollout of this step matches.");
    }

    @Test
    void whatIsNotThereIsRefusedInALine() throws Exception {
        for (String wrong : List.of("&step=7", "&step=x", "&at=9", "&at=-1", "&show=best", "&colour=red")) {
            HttpResponse<String> answer = reviewer.get("/inspect?run=team/ppo" + wrong);
            assertThat(answer.statusCode()).as(wrong).isEqualTo(422);
            assertThat(answer.body()).doesNotContain("\n");
        }
    }

    @Test
    void markupInTokensPromptsAndStatesIsShownAsText() throws Exception {
        assertThat(inspect("&step=2&at=0"))
                .contains("&lt;script&gt;alert(8)", "&lt;b&gt;mill", "&lt;i&gt;state")
                .doesNotContain("<script>alert", "<b>mill", "<i>state", "style=");
    }

    /** The optimised score rises for 30 steps, the heldOut one falls from the 15th on. */
    @Test
    void theMonitorStatesItsRuleAndItsRateOfFalseAlarms() throws Exception {
        StringBuilder metrics = new StringBuilder();
        for (int step = 1; step <= 30; step++) {
            double heldOut = Math.min(0, 15 - step) + step % 2;
            metrics.append("{\"step\":" + step + ",\"objective/scores\":" + step + ",\"objective/kl_k1\":" + step
                    + ",\"scores/A\":" + heldOut + "}\n");
        }
        Path run = folder.resolve("runs/team/ppo");
        Files.writeString(run.resolve("metrics.jsonl"), metrics);
        Files.writeString(run.resolve("recipe.yaml"), "method: ppo\nreward:\n- {class: A, weight: 0.0}\n");
        String page = reviewer.get("/monitor?run=team/ppo").body();
        assertThat(page)
                .contains("class=\"verdict stop\"", "the mean of 5 evaluations falls more than", "alpha", "beta");
        double falseAlarms = Double.parseDouble(
                StudioClient.first("false alarms</th><td>([0-9.]+) % of simulated runs of 30", page));
        assertThat(falseAlarms).isBetween(4.0, 6.0);
    }

    @Test
    void theMonitorShowsItsFindingsAndMissingMetrics() throws Exception {
        assertThat(reviewer.get("/monitor?run=team/ppo").body())
                .contains("no sign", "weight: 0", "length by decile of the score", "n-grams of 3 tokens", "<svg")
                .doesNotContain("style=");
        Files.writeString(
                folder.resolve("runs/team/ppo/recipe.yaml"), "method: ppo\nreward:\n- {class: A, weight: 0.0}\n");
        assertThat(reviewer.get("/monitor?run=team/ppo").body())
                .contains("A (not optimised)", "2 evaluations are too few")
                .doesNotContain("hacking can hardly be seen", "false alarms");
    }
}
