package dev.attune.studio.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.core.io.Folders;
import dev.attune.feedback.Database;
import dev.attune.feedback.SampleJobs;
import dev.attune.feedback.rating.JudgeCheck;
import dev.attune.feedback.rating.JudgedAnswer;
import dev.attune.feedback.rating.Ratings;
import dev.attune.feedback.redteam.Attempt;
import dev.attune.feedback.redteam.AttemptLog;
import dev.attune.feedback.store.Labeler.Role;
import dev.attune.studio.FreshStudio;
import dev.attune.studio.StudioClient;
import dev.attune.studio.page.FigureText;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs of AI feedback over HTTP. */
class AiFeedbackTest {
    private static final SampleJobs JOBS = new SampleJobs(SampleJobs.MARKUP);

    private static final List<String> PAGES = List.of(
            "/jobs",
            "/constitutions",
            "/drafts?job=team/revised",
            "/judgements?job=team/annotated",
            "/campaign?job=team/attacked",
            "/campaign/attempts?job=team/attacked",
            "/campaign/attempt?job=team/attacked&id=2:plain:0",
            "/campaign/rate?job=team/attacked",
            "/evaluation?job=team/evaluated",
            "/evaluation/items?job=team/evaluated&measure=towns");

    @TempDir
    private static Path made;

    @TempDir
    Path folder;

    private Path jobs;
    private FreshStudio studio;
    private StudioClient reviewer;
    private StudioClient labeler;

    @BeforeAll
    static void makeJobs() throws IOException {
        JOBS.in(made);
    }

    @BeforeEach
    void start() throws IOException {
        jobs = folder.resolve("runs/team");
        copy(made, jobs);
        copy(made.resolve("revised"), folder.resolve("secret/revised"));
        studio = new FreshStudio(Database.SQLITE, folder);
        reviewer = studio.client(studio.join("Ada", Role.REVIEWER));
        labeler = studio.client(studio.join("Ben", Role.LABELER));
    }

    @AfterEach
    void stop() {
        studio.close();
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    private String page(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = reviewer.get(path);
        assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
        return answer.body().replaceAll("\\s+", " ");
    }

    private int status(String path) throws IOException, InterruptedException {
        return reviewer.get(path).statusCode();
    }

    private static void append(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.APPEND);
    }

    @Test
    void reviewersAloneSeeThem() throws Exception {
        for (String path : PAGES) {
            assertThat(labeler.get(path).statusCode()).as(path).isEqualTo(403);
            assertThat(studio.client(null).get(path).statusCode()).as(path).isEqualTo(302);
            page(path);
        }
        assertThat(labeler.post("/campaign/rate?job=team/attacked", "id=2:plain:0&verdict=harmful")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void textsOfModelsAreEscaped() throws Exception {
        for (String path : PAGES) {
            assertThat(page(path)).as(path).doesNotContain(SampleJobs.MARKUP, "style=");
        }
        assertThat(page("/drafts?job=team/revised")).contains("&lt;b&gt;bold&lt;/b&gt;");
    }

    @Test
    void noNameLeadsOutOfTheDirectory() throws Exception {
        for (String name : List.of(
                "../secret/revised", folder.resolve("secret/revised").toString(), "team", "", "team/attacked")) {
            assertThat(status("/drafts?job=" + URLEncoder.encode(name, StandardCharsets.UTF_8)))
                    .as(name)
                    .isEqualTo(404);
        }
        assertThat(status("/drafts")).isEqualTo(404);
        assertThat(page("/jobs")).doesNotContain("secret");
    }

    @Test
    void jobsAreListedByKindAndAreNoRuns() throws Exception {
        assertThat(page("/jobs"))
                .contains("team/revised</a>", "45 answers, 27 revisions, 9 pairs", "finished")
                .contains("2 preferences by large, 50.0 % turned with the order")
                .contains("4 of 10 behaviours broken, 4 findings")
                .contains("towns: 75.0 % right");
        assertThat(page("/runs")).doesNotContain("team/revised").contains("None yet");
    }

    @Test
    void withoutJobsThePageNamesTheCommands() throws Exception {
        Folders.delete(jobs);
        assertThat(page("/jobs"))
                .contains("attune revise", "attune annotate", "attune redteam", "attune evaluate", "None yet");
        assertThat(page("/constitutions")).contains("general", "built-in");
    }

    @Test
    void versionsOfAConstitutionAreCompared() throws Exception {
        String before = JOBS.house().hash();
        String after = JOBS.nextHouse().hash();
        assertThat(page("/constitutions")).contains(before, after, "team/annotated");
        assertThat(page("/constitutions/show?hash=" + after))
                .contains("weight 3", "sampled 75.0 %", "harmless", "what changed", "version 1 (" + before + ")")
                .contains("Which answer does no harm?", "Example: Open &lt;b&gt;bold");
        assertThat(page("/constitutions/compare?before=" + before + "&after=" + after))
                .contains("principles.no-harm.critique", "<del>people?</del>", "<ins>animals?</ins>")
                .contains("The same in both: <span class=\"tag\">accurate</span>");
        assertThat(status("/constitutions/show?hash=none")).isEqualTo(404);
        assertThat(status("/constitutions/compare?before=" + before)).isEqualTo(404);
    }

    @Test
    void draftsShowSkillGatesAndWhatChanged() throws Exception {
        String all = page("/drafts?job=team/revised");
        assertThat(all)
                .contains("45 answers", "0.850", "45 of 45 answers", "1 to 20 of 45", "rel=\"next\"")
                .contains(
                        "<th scope=\"row\">revisions change nothing</th><td class=\"when\">33.3 %</td> <td class=\"when\">at most 50.0 %</td>")
                .contains("<del>any </del><ins>your own </ins>door <del>quickly </del><ins>gently </ins>")
                .contains("Stopped because the critique found no fault.", "Stopped because the first answer is empty.")
                .contains("<span class=\"tag bad\">unchanged</span>");
        assertThat(page("/drafts?job=team/revised&page=3"))
                .contains("Answer 45", "41 to 45 of 45")
                .doesNotContain("Answer 40 ", "rel=\"next\"");
    }

    @Test
    void draftsAreFiltered() throws Exception {
        assertThat(page("/drafts?job=team/revised&stop=no_answer")).contains("9 of 45 answers");
        assertThat(page("/drafts?job=team/revised&stop=fault&fault=unchanged")).contains("9 of 45 answers");
        assertThat(page("/drafts?job=team/revised&refused=yes"))
                .contains("9 of 45 answers", "I cannot help with")
                .doesNotContain("Answer 1 ");
        assertThat(page("/drafts?job=team/revised&principle=no-harm")).contains("36 of 45 answers");
        assertThat(page("/drafts?job=team/revised&principle=none")).contains("No answer matches.");
        for (String wrong : List.of("stop=x", "fault=x", "refused=x", "page=0", "page=4", "page=x")) {
            assertThat(status("/drafts?job=team/revised&" + wrong)).as(wrong).isEqualTo(422);
        }
    }

    /** A job in progress has no figures, and its last line is half written. */
    @Test
    void aJobInProgressShowsWhatIsThere() throws Exception {
        Path log = jobs.resolve("revised/drafts.jsonl");
        Files.delete(jobs.resolve("revised/summary.json"));
        List<String> lines = Files.readAllLines(log);
        Files.writeString(
                log,
                String.join("\n", lines.subList(0, 10)) + "\n" + lines.get(10).substring(0, 50));
        assertThat(page("/drafts?job=team/revised"))
                .contains("unfinished", "10 of 10 answers", "The skill is shown when the job ends.", "33.3 %")
                .doesNotContain("cannot be read");
        append(log, lines.get(10).substring(50) + "\nnot JSON\n" + lines.get(11) + "\n");
        assertThat(page("/drafts?job=team/revised")).contains("12 of 12 answers", "and are left out: 1.");
        Files.writeString(log, lines.get(44) + "\n");
        assertThat(page("/drafts?job=team/revised")).contains("1 of 1 answers", "Answer 45");

        for (String file : List.of("annotated/summary.json", "attacked/summary.json", "evaluated/evaluation.json")) {
            Files.delete(jobs.resolve(file));
        }
        append(jobs.resolve("attacked/attempts.jsonl"), "{\"id\":");
        append(jobs.resolve("annotated/judgements.jsonl"), "{\"key\":");
        assertThat(page("/campaign?job=team/attacked")).contains("unfinished", "30 attempts");
        assertThat(page("/judgements?job=team/annotated")).contains("3 of 3 judgements", "when the job ends");
        assertThat(page("/evaluation?job=team/evaluated")).contains("16 answers", "written when the evaluation ends");
        assertThat(status("/evaluation/items?job=team/evaluated&measure=towns")).isEqualTo(404);
    }

    @Test
    void aCampaignShowsRatesFindingsAndWhatHasNone() throws Exception {
        assertThat(page("/campaign?job=team/attacked"))
                .contains("4 of 10 behaviours are broken", "4 findings", "Held-out families", "1 no answer")
                .contains(">2 of 5</a>", ">0 of 10</a>", "id=2%3Aplain%3A0");
        assertThat(page("/campaign/attempts?job=team/attacked&outcome=no_answer"))
                .contains("Request 10 on");
        assertThat(page("/campaign/attempts?job=team/attacked&outcome=harmful&category=theft"))
                .contains("<h2>2 attempts</h2>", "Request 2 on", "Request 4 on");
        assertThat(page("/campaign/attempt?job=team/attacked&id=2:plain:0"))
                .contains("Take &lt;b&gt;bold&lt;/b&gt; and run.", "<span class=\"tag bad\">harmful</span>");
        assertThat(page("/campaign/attempts?job=team/attacked&held_out=yes")).contains("<h2>20 attempts</h2>");
        assertThat(status("/campaign/attempt?job=team/attacked&id=none")).isEqualTo(404);
        assertThat(status("/campaign/attempts?job=team/attacked&outcome=x")).isEqualTo(422);
    }

    /** Rates the whole sample as the judge did, but for one; the file is one that the command reads. */
    @Test
    void verdictsOfPeopleCorrectTheRate() throws Exception {
        String form = page("/campaign/rate?job=team/attacked");
        assertThat(form).contains("attempt 1 of 10 to rate").doesNotContain("class=\"tag bad\"");
        Path attempts = jobs.resolve("attacked/attempts.jsonl");
        boolean turned = false;
        for (String line : Files.readAllLines(jobs.resolve("attacked/to-rate.jsonl"))) {
            String id = StudioClient.first("\"id\":\"([^\"]+)\"", line);
            boolean harmful = line.contains("and run.");
            boolean other = !harmful && !turned;
            turned = turned || other;
            String verdict = harmful || other ? "harmful" : "harmless";
            assertThat(rate(id, "verdict=" + verdict + "&note=" + verdict).statusCode())
                    .isEqualTo(302);
        }
        Path rated = jobs.resolve("attacked/rated.jsonl");
        List<JudgedAnswer> log =
                AttemptLog.read(attempts).stream().map(Attempt::judged).toList();
        Ratings ratings = Ratings.read(rated, log, "attempts");
        assertThat(ratings.harmful()).hasSize(10);
        JudgeCheck corrected = JudgeCheck.of(log, ratings);
        String sensitivity = FigureText.percent(corrected.sensitivity());
        assertThat(page("/campaign?job=team/attacked"))
                .contains("10 of 10 rated", "<b>" + sensitivity + "</b>")
                .contains("<b>" + FigureText.percent(corrected.corrected()) + "</b>");
        assertThat(corrected.specificity().value()).isEqualTo(1);
    }

    private HttpResponse<String> rate(String id, String fields) throws IOException, InterruptedException {
        return reviewer.post("/campaign/rate?job=team/attacked&at=1", "id=" + id + "&" + fields);
    }

    @Test
    void aRatingIsReplacedAndOutlivesTheStudio() throws Exception {
        String line = Files.readAllLines(jobs.resolve("attacked/to-rate.jsonl")).get(0);
        String id = StudioClient.first("\"id\":\"([^\"]+)\"", line);
        assertThat(StudioClient.after(rate(id, "verdict=harmful&note=a%20%3Cb%3E")))
                .contains("at=2");
        rate(id, "verdict=unsure&note=not%20%3Cb%3Esure");
        studio.stop();
        studio.startAgain();
        assertThat(Files.readAllLines(jobs.resolve("attacked/rated.jsonl"))).hasSize(1);
        assertThat(Ratings.read(
                                jobs.resolve("attacked/rated.jsonl"),
                                AttemptLog.read(jobs.resolve("attacked/attempts.jsonl")).stream()
                                        .map(Attempt::judged)
                                        .toList(),
                                "attempts")
                        .harmful())
                .isEmpty();
        reviewer = studio.client(studio.join("Cem", Role.REVIEWER));
        assertThat(page("/campaign/rate?job=team/attacked&at=1"))
                .contains("Rated by Ada", "not &lt;b&gt;sure", "1 of 10 rated");
        assertThat(page("/campaign?job=team/attacked")).contains("1 of 10 rated, 1 unsure");
        assertThat(rate("none", "verdict=harmful").statusCode()).isEqualTo(404);
        assertThat(rate(id, "verdict=x").statusCode()).isEqualTo(422);
        assertThat(status("/campaign/rate?job=team/attacked&at=11")).isEqualTo(422);
    }

    @Test
    void ratingsThatCannotBeReadAreKept() throws Exception {
        Path rated = Files.writeString(jobs.resolve("attacked/rated.jsonl"), "by hand\n");
        assertThat(page("/campaign?job=team/attacked")).contains("rated.jsonl:1");
        String line = Files.readAllLines(jobs.resolve("attacked/to-rate.jsonl")).get(0);
        assertThat(rate(StudioClient.first("\"id\":\"([^\"]+)\"", line), "verdict=harmful")
                        .statusCode())
                .isEqualTo(422);
        assertThat(rated).hasContent("by hand");
    }

    @Test
    void anEvaluationShowsBothModelsAndWhereTheyDiffer() throws Exception {
        assertThat(page("/evaluation?job=team/evaluated"))
                .contains("tiny beside base", "75.0 % [", "25.0 % [", "+50.0 [", "north: right", "measure=towns");
        assertThat(page("/evaluation/items?job=team/evaluated&measure=towns"))
                .contains("4 prompts and samples; the models differ on 4", "It is Town 3", "Capital 0 of");
        String yes =
                page("/evaluation/items?job=team/evaluated&measure=towns&reading=right&outcome=yes&category=south");
        assertThat(yes).contains("1 prompts and samples; the models differ on 1", "Capital 2 of");
        assertThat(page("/evaluation/items?job=team/evaluated&measure=towns&reading=right&outcome=between"))
                .contains("No item matches.");
        assertThat(status("/evaluation/items?job=team/evaluated&measure=towns&reading=x"))
                .isEqualTo(422);
        assertThat(status("/evaluation/items?job=team/evaluated&measure=x")).isEqualTo(404);
    }

    @Test
    void anEvaluationOfSeveralModelsShowsWinsInBothOrders() throws Exception {
        JOBS.compared(jobs.resolve("compared"));
        assertThat(page("/evaluation?job=team/compared"))
                .contains("tiny beside base, third", "<th scope=\"col\">third</th>", "12 answers", "tiny against base")
                .contains("Bradley-Terry", "kappa", "70.0 % [");
        assertThat(page("/evaluation/items?job=team/compared&measure=duel"))
                .contains("4 prompts and samples", "<h3>base</h3>", "<h3>third</h3>");
        assertThat(page("/evaluation/comparisons?job=team/compared&measure=duel"))
                .contains("12 comparisons", "A, B: 0.900", "B, A: 0.100", "the answers are equal");
        assertThat(page("/evaluation/comparisons?job=team/compared&measure=duel&pair=tiny+against+base&outcome=lost"))
                .contains("1 comparisons", "lost 0.100", "It is Town 3");
        assertThat(status("/evaluation/comparisons?job=team/compared&measure=x"))
                .isEqualTo(404);
        assertThat(status("/evaluation/comparisons?job=team/compared&measure=duel&pair=x"))
                .isEqualTo(422);
    }

    @Test
    void judgementsShowBothOrders() throws Exception {
        assertThat(page("/judgements?job=team/annotated"))
                .contains("accuracy 0.900", "50.0 % of 2 judgements", "2, and 1 pairs without a label")
                .contains("The first, &lt;b&gt;bold&lt;/b&gt;. [[A]]", "The second. [[B]]", "unscored: judge refused")
                .contains("Which answer does no harm?", "<h4>B <span class=\"tag good\">better</span></h4>");
        assertThat(page("/judgements?job=team/annotated&order=inconsistent"))
                .contains("1 of 3 judgements", "Position?")
                .doesNotContain("Silence?");
        assertThat(page("/judgements?job=team/annotated&order=unscored")).contains("Silence?");
        Files.delete(jobs.resolve("annotated/items.jsonl"));
        assertThat(page("/judgements?job=team/annotated")).contains("did not keep the texts");
    }
}
