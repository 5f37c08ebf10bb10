package dev.attune.studio.quality;

import dev.attune.core.stats.quality.Quality;
import dev.attune.feedback.quality.Progress;
import dev.attune.feedback.quality.TestQuestions;
import dev.attune.feedback.store.Project;
import dev.attune.feedback.store.Rankings;
import dev.attune.feedback.store.Store;
import dev.attune.feedback.store.Tasks;
import dev.attune.studio.page.Access;
import dev.attune.studio.page.Pages;
import dev.attune.studio.page.RequiredRole;
import dev.attune.studio.project.ProjectLine;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Map;

/** The quality of a project's rankings, for reviewers. */
public final class QualityPages {
    private final Pages pages;
    private final Access access;
    private final Tasks tasks;
    private final Rankings rankings;
    private final TestQuestions tests;
    private final Progress progress;

    public QualityPages(Store store, Pages pages, Access access) {
        this.pages = pages;
        this.access = access;
        this.tasks = new Tasks(store);
        this.rankings = new Rankings(store);
        this.tests = new TestQuestions(store);
        this.progress = new Progress(store);
    }

    public void add(RoutesConfig routes) {
        routes.get("/projects/{project}/quality", this::show, RequiredRole.REVIEWER);
    }

    private void show(Context context) {
        Project project = access.project(context);
        Quality quality = Quality.of(rankings.given(project.id()), tests.known(project.id()));
        ProjectLine line = ProjectLine.of(project, tasks.seats(project.id()));
        QualityPage page = new QualityPage(line, progress.of(project.id()), quality);
        pages.show(context, "quality.jte", Map.of("page", page));
    }
}
