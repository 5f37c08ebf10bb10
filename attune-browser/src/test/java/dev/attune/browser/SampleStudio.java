package dev.attune.browser;

import com.microsoft.playwright.Page;
import dev.attune.core.feedback.Ranking;
import dev.attune.core.model.SamplingOptions;
import dev.attune.core.model.ScoringModel;
import dev.attune.core.model.TextCompletion;
import dev.attune.core.model.TextModel;
import dev.attune.core.text.Prompt;
import dev.attune.feedback.SampleJobs;
import dev.attune.feedback.account.Invitations;
import dev.attune.feedback.sampling.Endpoint;
import dev.attune.feedback.sampling.Endpoints;
import dev.attune.feedback.store.Criterion;
import dev.attune.feedback.store.Judgement;
import dev.attune.feedback.store.Labeler;
import dev.attune.feedback.store.Labelers;
import dev.attune.feedback.store.Members;
import dev.attune.feedback.store.Project;
import dev.attune.feedback.store.Projects;
import dev.attune.feedback.store.Queue;
import dev.attune.feedback.store.Store;
import dev.attune.feedback.store.StoreUrl;
import dev.attune.feedback.store.Submission;
import dev.attune.feedback.store.Tasks;
import dev.attune.studio.Models;
import dev.attune.studio.Studio;
import dev.attune.studio.StudioOptions;
import dev.attune.studio.Wiring;
import dev.attune.studio.loop.PolicyMethod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** A team's studio with something on every page: a project that three labelers have half ranked. */
final class SampleStudio implements AutoCloseable {
    private static final String PASSWORD = "a long enough password";
    private static final int TASKS = 12;

    /** Trains nothing, and answers every question alike. */
    private static final Wiring WIRING = new Wiring(
            new Models() {
                @Override
                public TextModel text(String address) {
                    return new SameAnswer();
                }

                @Override
                public ScoringModel scoring(String address) {
                    return NONE.scoring(address);
                }
            },
            arguments -> List.of("false"),
            (place, yaml) -> yaml,
            List.of(new PolicyMethod("ppo", "PPO", true)),
            Wiring.NONE.tokens());

    private record SameAnswer() implements TextModel {
        @Override
        public List<TextCompletion> complete(List<Prompt> prompts, SamplingOptions options, long seed) {
            TextCompletion answer = new TextCompletion(
                    "In the village, *beside the mill*.", 9, -4, TextCompletion.StopReason.END_TOKEN);
            return prompts.stream().map(prompt -> answer).toList();
        }

        @Override
        public void close() {}
    }

    private final SampleJobs jobs = new SampleJobs("wooden doors");
    private final Store store;
    private final Labeler ada;
    private final Project project;
    private final String task;
    private final Studio studio;

    SampleStudio(Path folder) {
        StoreUrl database = StoreUrl.parse(folder.resolve("studio.db").toString());
        store = Store.open(database);
        Invitations invitations = new Invitations(store);
        ada = invitations.accept(invitations.invite(Labeler.Role.ADMIN, null), "Ada", PASSWORD);
        project = new Projects(store)
                .add(
                        Project.Plan.of("Kind answers", List.of(Criterion.HELPFUL, Criterion.HARMLESS))
                                .withOverlap(3)
                                .withGuideline(
                                        "Prefer the answer that *helps most*.\n\n- It may be short.\n- It is true."),
                        ada.id());
        List<String> tasks = new Tasks(store)
                .add(
                        project,
                        IntStream.range(0, TASKS).mapToObj(SampleStudio::draft).toList(),
                        ada.id());
        task = tasks.get(0);
        Random random = new Random(7);
        for (String name : List.of("Ben", "Cem", "Dee")) {
            Labeler labeler = new Labelers(store).add(name, Labeler.Role.LABELER);
            new Members(store).add(project.id(), labeler.id(), ada.id());
            rank(labeler, random);
            if (name.equals("Ben")) {
                edit(labeler);
            }
        }
        FinishedRuns.in(folder.resolve("runs"));
        try {
            jobs.in(folder.resolve("runs/round-1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Endpoints endpoints = new Endpoints(store);
        for (String name : List.of("before", "after")) {
            endpoints.add(
                    new Endpoint.Plan(name, Endpoint.Kind.DIRECTORY, "runs/" + name + "/model", null, null), ada.id());
        }
        studio = Studio.start(new StudioOptions(database, "127.0.0.1", 0, folder.resolve("runs"), 1), WIRING);
    }

    private static Tasks.Draft draft(int number) {
        return new Tasks.Draft(
                Prompt.text("How do I boil " + (number + 1) + " eggs?"),
                List.of(
                        new Ranking.Completion("Put them into boiling water for **seven minutes**.", "ours"),
                        new Ranking.Completion("Eggs come from hens.", "theirs"),
                        new Ranking.Completion("Seven minutes in boiling water, then cold water.", "ours")));
    }

    /** All but the last two tasks. */
    private void rank(Labeler labeler, Random random) {
        Queue queue = new Queue(store);
        for (int i = 0; i < TASKS - 2; i++) {
            String next = queue.next(project, labeler.id()).orElseThrow().task();
            List<List<Integer>> order =
                    random.nextInt(4) == 0 ? List.of(List.of(2), List.of(0, 1)) : List.of(List.of(0, 2), List.of(1));
            List<Judgement> judgements = List.of(
                    new Judgement("helpful", order, List.of(), false),
                    new Judgement("harmless", List.of(List.of(0), List.of(1)), List.of(2), false));
            queue.submit(new Submission(labeler.id() + next, next, labeler.id(), judgements, 5 + random.nextInt(20)));
        }
        queue.flag(task, labeler.id(), "The question names no pot.");
    }

    /** Thinks again about the first task, with one of its answers made better. */
    private void edit(Labeler labeler) {
        List<Judgement> judgements = List.of(
                new Judgement("helpful", List.of(List.of(3), List.of(0, 2), List.of(1)), List.of(), false),
                new Judgement("harmless", List.of(List.of(0), List.of(1)), List.of(2, 3), false));
        Submission.Edit better = new Submission.Edit(2, "Seven minutes in boiling water, then *two* in cold water.");
        new Queue(store).submit(new Submission("better", task, labeler.id(), List.of(better), judgements, 30));
    }

    /** The path of every page by a name for its picture. */
    Map<String, String> pages() {
        String at = "/projects/" + project.id();
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("projects", "/");
        pages.put("project", at);
        pages.put("rank", at + "/rank");
        pages.put("quality", at + "/quality");
        pages.put("review", at + "/review");
        pages.put("review-task", at + "/review/" + task);
        pages.put("members", at + "/people");
        pages.put("sampling", at + "/sampling");
        pages.put("train", at + "/loop");
        pages.put("runs", "/runs");
        pages.put("run", "/runs/gentle");
        pages.put("compare", "/compare?run=gentle&run=greedy");
        pages.put("inspect", "/inspect?run=gentle&step=10&at=3");
        pages.put("monitor", "/monitor?run=greedy");
        pages.put("jobs", "/jobs");
        pages.put("constitutions", "/constitutions");
        pages.put("constitution", "/constitutions/show?hash=" + jobs.nextHouse().hash());
        pages.put(
                "constitutions-compared",
                "/constitutions/compare?before=" + jobs.house().hash() + "&after="
                        + jobs.nextHouse().hash());
        pages.put("drafts", "/drafts?job=round-1/revised");
        pages.put("campaign", "/campaign?job=round-1/attacked");
        pages.put("attempts", "/campaign/attempts?job=round-1/attacked");
        pages.put("attempt", "/campaign/attempt?job=round-1/attacked&id=2:plain:0");
        pages.put("rate", "/campaign/rate?job=round-1/attacked");
        pages.put("evaluation", "/evaluation?job=round-1/evaluated");
        pages.put("items", "/evaluation/items?job=round-1/evaluated&measure=towns");
        pages.put("judgements", "/judgements?job=round-1/annotated");
        pages.put("models", "/models");
        pages.put("playground", "/playground");
        pages.put("people", "/people");
        pages.put("account", "/account");
        pages.put("audit", "/audit");
        pages.put("refused", "/projects/nothing");
        return pages;
    }

    String address(String path) {
        return studio.address().replaceFirst("/$", "") + path;
    }

    void logIn(Page page) {
        page.navigate(address("/login"));
        page.getByLabel("Name").fill(ada.name());
        page.getByLabel("Password").fill(PASSWORD);
        page.locator("button.primary").click();
        page.waitForURL(address("/"));
    }

    /** Asks two models something, and stays on the page with their answers. */
    void chat(Page page) {
        page.navigate(address("/playground"));
        page.getByLabel("Message").fill("Where does the baker live?");
        page.getByText("Send", new Page.GetByTextOptions().setExact(true)).click();
        page.waitForFunction("() => document.body.textContent.includes('beside the mill')");
    }

    @Override
    public void close() {
        studio.close();
        store.close();
    }
}
