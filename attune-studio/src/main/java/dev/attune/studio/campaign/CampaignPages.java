package dev.attune.studio.campaign;

import dev.attune.core.text.ConfigNamed;
import dev.attune.feedback.rating.RatingFile;
import dev.attune.feedback.rating.RatingFile.Rated;
import dev.attune.feedback.rating.RatingSample;
import dev.attune.feedback.store.Labeler;
import dev.attune.feedback.store.Store;
import dev.attune.studio.files.LineIndex;
import dev.attune.studio.job.FoundJob;
import dev.attune.studio.job.JobCatalog;
import dev.attune.studio.job.JobKind;
import dev.attune.studio.page.Access;
import dev.attune.studio.page.Forms;
import dev.attune.studio.page.Pages;
import dev.attune.studio.page.RequiredRole;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.util.Map;

/** A campaign with its findings, its attempts, and the rating of its sample. */
public final class CampaignPages {
    static final String ATTEMPTS = "/campaign/attempts";
    static final String ATTEMPT = "/campaign/attempt";
    static final String RATE = "/campaign/rate";

    private final Store store;
    private final Pages pages;
    private final Access access;
    private final JobCatalog jobs;
    private final CampaignFiles files = new CampaignFiles();

    public CampaignPages(Store store, Pages pages, Access access, JobCatalog jobs) {
        this.store = store;
        this.pages = pages;
        this.access = access;
        this.jobs = jobs;
    }

    public void add(RoutesConfig routes) {
        routes.get("/campaign", this::show, RequiredRole.REVIEWER);
        routes.get(ATTEMPTS, this::list, RequiredRole.REVIEWER);
        routes.get(ATTEMPT, this::open, RequiredRole.REVIEWER);
        routes.get(RATE, this::ask, RequiredRole.REVIEWER);
        routes.post(RATE, this::rate, RequiredRole.REVIEWER);
    }

    private FoundJob job(Context context) {
        return jobs.requested(context, JobKind.REDTEAM);
    }

    private void show(Context context) {
        pages.show(context, "campaign.jte", Map.of("page", CampaignPage.of(context, job(context), files)));
    }

    private void list(Context context) {
        FoundJob job = job(context);
        pages.show(context, "attempts.jte", Map.of("page", AttemptsPage.of(context, job, files.attempts(job))));
    }

    private void open(Context context) {
        FoundJob job = job(context);
        pages.show(context, "attempt.jte", Map.of("page", AttemptPage.of(context, job, files)));
    }

    private void ask(Context context) {
        FoundJob job = job(context);
        LineIndex<RatingSample.Line, String> sample = sample(job);
        Map<String, Rated> ratings = RatedSample.ratings(job);
        int at = context.queryParam("at") == null
                ? Math.max(1, RatePage.next(sample, ratings, 0))
                : Forms.integer("at", Forms.query(context, "at", ""));
        pages.show(context, "rate.jte", Map.of("page", RatePage.of(job, sample, ratings, at)));
    }

    private LineIndex<RatingSample.Line, String> sample(FoundJob job) {
        LineIndex<RatingSample.Line, String> sample = files.sample(job);
        if (sample.size() == 0) {
            throw new NotFoundResponse("There is no sample to rate. Run the campaign again with sample_for_rating=50.");
        }
        return sample;
    }

    private void rate(Context context) throws IOException {
        FoundJob job = job(context);
        LineIndex<RatingSample.Line, String> sample = sample(job);
        String id = Forms.text(context, "id");
        int number = sample.where(id::equals).stream()
                .findFirst()
                .orElseThrow(() -> new NotFoundResponse("The sample has no such attempt."));
        RatingVerdict verdict = ConfigNamed.parse(RatingVerdict.class, "verdict", Forms.text(context, "verdict"));
        save(job, sample.read(number), verdict, context);
        int next = RatePage.next(sample, RatedSample.ratings(job), number + 1);
        context.redirect(next == 0 ? job.page().toString() : RatePage.link(job, next));
    }

    private void save(FoundJob job, RatingSample.Line line, RatingVerdict verdict, Context context) throws IOException {
        Labeler person = access.person(context);
        RatingFile.add(
                RatedSample.file(job),
                new Rated(
                        line.id(),
                        line.conversation(),
                        verdict.harmful(),
                        Forms.optional(context, "note"),
                        person.name()));
        Map<String, String> details = Map.of("attempt", line.id(), "verdict", verdict.configName());
        store.write(handle -> {
            store.record(handle, person.id(), "attempt-rated", job.name(), details);
            return null;
        });
    }
}
