package dev.attune.studio;

import dev.attune.feedback.account.Accounts;
import dev.attune.feedback.account.ApiTokens;
import dev.attune.feedback.account.LoginGuard;
import dev.attune.feedback.store.Labelers;
import dev.attune.feedback.store.Store;
import dev.attune.studio.auth.LocalAuthenticator;
import dev.attune.studio.auth.StudioAuthenticator;
import dev.attune.studio.auth.TeamAuthenticator;
import dev.attune.studio.campaign.CampaignPages;
import dev.attune.studio.constitution.ConstitutionPages;
import dev.attune.studio.drafts.DraftPages;
import dev.attune.studio.evaluation.EvaluationPages;
import dev.attune.studio.inspect.InspectPages;
import dev.attune.studio.job.JobCatalog;
import dev.attune.studio.job.JobPages;
import dev.attune.studio.judgements.JudgementPages;
import dev.attune.studio.loop.Chain;
import dev.attune.studio.loop.LoopPages;
import dev.attune.studio.models.ModelPages;
import dev.attune.studio.models.OpenModels;
import dev.attune.studio.page.Access;
import dev.attune.studio.page.Pages;
import dev.attune.studio.page.RequiredRole;
import dev.attune.studio.playground.Playground;
import dev.attune.studio.playground.PlaygroundPages;
import dev.attune.studio.project.ImportExportPages;
import dev.attune.studio.project.ProjectPages;
import dev.attune.studio.quality.QualityPages;
import dev.attune.studio.ranking.RankingPages;
import dev.attune.studio.review.ReviewPages;
import dev.attune.studio.run.LiveRuns;
import dev.attune.studio.run.RunCatalog;
import dev.attune.studio.run.RunPages;
import dev.attune.studio.run.RunSupervisor;
import dev.attune.studio.sampling.SamplingPages;
import dev.attune.studio.sampling.SamplingWorker;
import dev.attune.studio.team.AccountPages;
import dev.attune.studio.team.AuditPages;
import dev.attune.studio.team.LoginPages;
import dev.attune.studio.team.PeoplePages;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.util.Map;

/** The pages of the studio, the services that they use, and the background work. */
final class StudioServices implements AutoCloseable {
    private final Wiring wiring;
    private final Store store;
    private final TeamAuthenticator team;
    private final StudioAuthenticator authenticator;
    private final Pages pages;
    private final OpenModels models;
    private final SamplingWorker samplingWorker;
    private final Playground playground;
    private final RunCatalog catalog;
    private final JobCatalog jobs;
    private final RunSupervisor supervisor;
    private final LiveRuns live;
    private final Workers workers;

    StudioServices(StudioOptions options, Wiring wiring) {
        this.wiring = wiring;
        this.store = Store.open(options.database());
        Accounts accounts = new Accounts(store);
        this.team = new TeamAuthenticator(accounts, new ApiTokens(store));
        // Without accounts, the user of this machine may do everything.
        this.authenticator =
                new StudioAuthenticator(accounts, new LocalAuthenticator(new Labelers(store)::atThisMachine), team);
        this.pages = new Pages(authenticator);
        this.models = new OpenModels(wiring.models()::text, wiring.models()::scoring);
        this.samplingWorker = new SamplingWorker(store, models);
        this.playground = new Playground(store, models);
        this.catalog = new RunCatalog(options.runs(), store);
        this.jobs = new JobCatalog(options.runs());
        this.supervisor = new RunSupervisor(store, wiring.train(), options.jobs());
        this.live = new LiveRuns(store);
        this.workers = new Workers();
    }

    StudioAuthenticator authenticator() {
        return authenticator;
    }

    void add(RoutesConfig routes) {
        Access access = new Access(store, authenticator);
        routes.beforeMatched(context -> RequiredRole.check(context, access));
        addPeople(routes, access);
        addRanking(routes, access);
        addModels(routes, access);
        addRuns(routes, access);
        addJobs(routes, access);
    }

    private void addPeople(RoutesConfig routes, Access access) {
        new LoginPages(store, team, new LoginGuard(Clock.systemUTC()), pages).add(routes);
        new PeoplePages(store, pages, access).add(routes);
        new AccountPages(store, pages, access).add(routes);
        new AuditPages(store, pages).add(routes);
    }

    private void addRanking(RoutesConfig routes, Access access) {
        new ProjectPages(store, pages, access, new Chain(store, catalog), wiring.trains()).add(routes);
        new ImportExportPages(store, access).add(routes);
        new RankingPages(store, pages, access, samplingWorker).add(routes);
        new QualityPages(store, pages, access).add(routes);
        new ReviewPages(store, pages, access).add(routes);
    }

    private void addModels(RoutesConfig routes, Access access) {
        new ModelPages(store, pages, access).add(routes);
        new PlaygroundPages(store, pages, access, playground).add(routes);
        new SamplingPages(store, pages, access, samplingWorker).add(routes);
    }

    private void addRuns(RoutesConfig routes, Access access) {
        new RunPages(store, pages, access, catalog, supervisor, live).add(routes);
        new InspectPages(wiring.tokens(), pages, catalog).add(routes);
        if (wiring.trains()) {
            new LoopPages(store, pages, access, catalog, wiring.recipes(), wiring.methods()).add(routes);
        }
    }

    private void addJobs(RoutesConfig routes, Access access) {
        new JobPages(pages, jobs).add(routes);
        new ConstitutionPages(pages, jobs).add(routes);
        new DraftPages(pages, jobs).add(routes);
        new CampaignPages(store, pages, access, jobs).add(routes);
        new EvaluationPages(pages, jobs).add(routes);
        new JudgementPages(pages, jobs).add(routes);
    }

    /** Answers with a one-line error: as a page for browsers, as plain text for scripts and programs. */
    void refuse(Context context, int status, String line) {
        context.status(status);
        String accepted = context.header("Accept");
        if (accepted == null || !accepted.contains("text/html")) {
            context.result(line);
        } else if (authenticator.knows(context)) {
            pages.show(context, "refused.jte", Map.of("line", line));
        } else {
            pages.showOutside(context, "refused.jte", Map.of("line", line));
        }
    }

    /** Starts the background work. */
    void open() {
        samplingWorker.start();
        workers.start(store, supervisor, wiring);
    }

    /** Closes live connections to browsers, which would block the shutdown, and stops sampling. */
    void closeConnections() {
        live.close();
        samplingWorker.close();
    }

    @Override
    public void close() {
        workers.close();
        playground.close();
        models.close();
        store.close();
    }
}
