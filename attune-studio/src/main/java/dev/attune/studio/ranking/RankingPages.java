package dev.attune.studio.ranking;

import dev.attune.core.error.BadInputException;
import dev.attune.core.json.Json;
import dev.attune.feedback.store.Judgement;
import dev.attune.feedback.store.Labeler;
import dev.attune.feedback.store.Project;
import dev.attune.feedback.store.Queue;
import dev.attune.feedback.store.Store;
import dev.attune.feedback.store.Submission;
import dev.attune.studio.page.Access;
import dev.attune.studio.page.Pages;
import dev.attune.studio.page.RequiredRole;
import dev.attune.studio.sampling.SamplingWorker;
import io.javalin.config.RoutesConfig;
import io.javalin.http.ConflictResponse;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** The page on which a labeler ranks. */
public final class RankingPages {
    private static final int RELOAD_SECONDS = 3;

    private final Pages pages;
    private final Access access;
    private final Queue queue;
    private final SamplingWorker worker;

    public RankingPages(Store store, Pages pages, Access access, SamplingWorker worker) {
        this.pages = pages;
        this.access = access;
        this.queue = new Queue(store);
        this.worker = worker;
    }

    public void add(RoutesConfig routes) {
        routes.get("/projects/{project}/rank", this::show, RequiredRole.LABELER);
        routes.put("/tasks/{task}/draft", this::keepDraft, RequiredRole.LABELER);
        routes.post("/tasks/{task}/rankings", this::submit, RequiredRole.LABELER);
        routes.post("/tasks/{task}/skips", this::skip, RequiredRole.LABELER);
        routes.post("/tasks/{task}/flags", this::flag, RequiredRole.LABELER);
    }

    private void show(Context context) {
        Project project = access.project(context);
        RankingPage page = new RankingPage(
                project,
                queue.next(project, access.person(context).id()).orElse(null),
                UUID.randomUUID().toString());
        boolean coming = coming(project, page);
        if (coming) {
            context.header("Refresh", Integer.toString(RELOAD_SECONDS));
        }
        pages.show(context, "rank.jte", Map.of("page", page, "coming", coming));
    }

    /** Whether no task is ready, but one is being generated. */
    private boolean coming(Project project, RankingPage page) {
        if (page.assignment() == null) {
            return worker.ask(project.id());
        }
        worker.taken();
        return false;
    }

    private void keepDraft(Context context) {
        queue.keepDraft(access.task(context), access.person(context).id(), context.body());
        context.status(204);
    }

    /** A submission as the page sends it; edits are optional. */
    record Answer(String id, @Nullable List<Submission.Edit> edits, List<Judgement> judgements, double seconds) {
        Submission by(Labeler labeler, String task) {
            return new Submission(
                    id, task, labeler.id(), Objects.requireNonNullElse(edits, List.of()), judgements, seconds);
        }
    }

    /** Why a task is skipped or flagged. */
    record Reason(String reason) {}

    private void submit(Context context) {
        String task = access.task(context);
        Answer answer = read(context, Answer.class);
        Submission.Outcome outcome = queue.submit(answer.by(access.person(context), task));
        if (outcome == Submission.Outcome.TOO_LATE) {
            throw new ConflictResponse("Others have ranked this task in the meantime; the next one is ready.");
        }
        context.status(204);
    }

    private void skip(Context context) {
        queue.skip(
                access.task(context),
                access.person(context).id(),
                read(context, Reason.class).reason());
        context.status(204);
    }

    private void flag(Context context) {
        queue.flag(
                access.task(context),
                access.person(context).id(),
                read(context, Reason.class).reason());
        context.status(204);
    }

    private static <T> T read(Context context, Class<T> type) {
        try {
            return Json.records().readValue(context.body(), type);
        } catch (JacksonException e) {
            throw BadInputException.at(
                    context.path(), Json.reason(e), "JSON as the page sends it", "load the page again");
        }
    }
}
