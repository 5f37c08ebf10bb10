package dev.attune.studio.review;

import dev.attune.feedback.quality.Adjudications;
import dev.attune.feedback.quality.Notes;
import dev.attune.feedback.quality.Review;
import dev.attune.feedback.quality.TestQuestions;
import dev.attune.feedback.store.Labeler;
import dev.attune.feedback.store.Orders;
import dev.attune.feedback.store.Project;
import dev.attune.feedback.store.Rankings;
import dev.attune.feedback.store.Store;
import dev.attune.feedback.store.Subject;
import dev.attune.feedback.store.Tasks;
import dev.attune.studio.page.Access;
import dev.attune.studio.page.Forms;
import dev.attune.studio.page.Pages;
import dev.attune.studio.page.RequiredRole;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Map;

/** The review of tasks on which labelers disagree or that they flagged or skipped. */
public final class ReviewPages {
    private static final String TASK = "/projects/{project}/review/{task}";

    private final Pages pages;
    private final Access access;
    private final Tasks tasks;
    private final Rankings rankings;
    private final Review review;
    private final Notes notes;
    private final Adjudications adjudications;
    private final TestQuestions tests;

    public ReviewPages(Store store, Pages pages, Access access) {
        this.pages = pages;
        this.access = access;
        this.tasks = new Tasks(store);
        this.rankings = new Rankings(store);
        this.review = new Review(store);
        this.notes = new Notes(store);
        this.adjudications = new Adjudications(store);
        this.tests = new TestQuestions(store);
    }

    /** A request by a reviewer for a task of a project. */
    private record Case(Labeler reviewer, Project project, String task) {}

    /** A change of a task by a reviewer. */
    private interface Change {
        void apply(Context context, Case one);
    }

    public void add(RoutesConfig routes) {
        routes.get("/projects/{project}/review", this::list, RequiredRole.REVIEWER);
        routes.get(TASK, this::show, RequiredRole.REVIEWER);
        routes.post(TASK + "/decisions", context -> change(context, this::decide), RequiredRole.REVIEWER);
        routes.post(TASK + "/tests", context -> change(context, this::mark), RequiredRole.REVIEWER);
        routes.post(TASK + "/tests/removal", context -> change(context, this::unmark), RequiredRole.REVIEWER);
        routes.post(TASK + "/flags/{note}", context -> change(context, this::settle), RequiredRole.REVIEWER);
    }

    private Case required(Context context) {
        Labeler reviewer = access.person(context);
        Project project = access.project(context);
        return new Case(reviewer, project, access.task(context, project));
    }

    private void list(Context context) {
        Project project = access.project(context);
        ReviewQueue queue = new ReviewQueue(project, review.of(project.id()));
        pages.show(context, "review.jte", Map.of("queue", queue));
    }

    private void show(Context context) {
        Case one = required(context);
        Subject subject = tasks.subject(one.task());
        Rankings.Given given = rankings.givenTo(subject);
        ReviewTask page = new ReviewTask(
                one.project(),
                subject,
                Orders.shuffled(
                        subject.completions().size(),
                        one.task() + one.reviewer().id()),
                given.rankings(),
                given.edits(),
                adjudications.of(one.task()),
                tests.of(one.task()),
                notes.of(one.task()));
        pages.show(context, "reviewTask.jte", Map.of("page", page));
    }

    private void change(Context context, Change change) {
        Case one = required(context);
        change.apply(context, one);
        context.redirect("/projects/" + one.project().id() + "/review/" + one.task());
    }

    private int completions(Case one) {
        return tasks.subject(one.task()).completions().size();
    }

    private void decide(Context context, Case one) {
        adjudications.decide(
                one.task(),
                OrderForm.read(context, completions(one)),
                Forms.text(context, "reason"),
                one.reviewer().id());
    }

    private void mark(Context context, Case one) {
        tests.mark(
                one.task(),
                OrderForm.read(context, completions(one)),
                one.reviewer().id());
    }

    private void unmark(Context context, Case one) {
        tests.unmark(
                one.task(), Forms.text(context, "criterion"), one.reviewer().id());
    }

    private void settle(Context context, Case one) {
        notes.settle(
                one.task(),
                context.pathParam("note"),
                Forms.text(context, "done"),
                one.reviewer().id());
    }
}
