package dev.attune.studio.loop;

import dev.attune.core.error.BadInputException;
import dev.attune.core.feedback.Ranking;
import dev.attune.feedback.run.Round;
import dev.attune.feedback.run.Rounds;
import dev.attune.feedback.run.Run;
import dev.attune.feedback.run.Runs;
import dev.attune.feedback.store.Labeler;
import dev.attune.feedback.store.Project;
import dev.attune.feedback.store.Rankings;
import dev.attune.feedback.store.Store;
import dev.attune.feedback.store.Tasks;
import dev.attune.studio.page.Access;
import dev.attune.studio.page.Forms;
import dev.attune.studio.page.Pages;
import dev.attune.studio.page.RequiredRole;
import dev.attune.studio.run.RunCatalog;
import dev.attune.studio.run.RunPlace;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Training from a project's rankings: reward model, policy, and new completions to rank. */
public final class LoopPages {
    private static final int MAX_TOKENS = 1024;

    private final Pages pages;
    private final Access access;
    private final RunCatalog catalog;
    private final Rankings rankings;
    private final Runs runs;
    private final Rounds rounds;
    private final ModelChoices models;
    private final RewardPlan rewards;
    private final PolicyPlan policies;

    /** @param methods with which policies can be trained, the usual one first */
    public LoopPages(
            Store store,
            Pages pages,
            Access access,
            RunCatalog catalog,
            RecipeCheck recipes,
            List<PolicyMethod> methods) {
        this.pages = pages;
        this.access = access;
        this.catalog = catalog;
        this.rankings = new Rankings(store);
        this.runs = new Runs(store);
        this.rounds = new Rounds(store);
        this.models = new ModelChoices(catalog);
        this.rewards = new RewardPlan(store, catalog.root(), recipes);
        this.policies = new PolicyPlan(store, catalog.root(), recipes, methods);
    }

    public void add(RoutesConfig routes) {
        routes.get("/projects/{project}/loop", this::show, RequiredRole.REVIEWER);
        routes.post("/projects/{project}/rewards", this::trainReward, RequiredRole.REVIEWER);
        routes.get("/projects/{project}/policy", this::offerPolicy, RequiredRole.REVIEWER);
        routes.post("/projects/{project}/policies", this::trainPolicy, RequiredRole.REVIEWER);
        routes.post("/projects/{project}/rounds", this::writeCompletions, RequiredRole.REVIEWER);
    }

    private Project project(Context context) {
        return access.project(context);
    }

    private boolean admin(Context context) {
        return access.person(context).role() == Labeler.Role.ADMIN;
    }

    private void show(Context context) {
        Project project = project(context);
        List<Ranking> given = rankings.of(project.id());
        long prompts = given.stream().map(Ranking::prompt).distinct().count();
        LoopPage page = new LoopPage(
                project,
                given.size(),
                RewardPlan.steps(prompts),
                models.offered(),
                policies.methods(),
                finishedRewards(project),
                finishedPolicies(project));
        pages.show(context, "loop.jte", Map.of("page", page));
    }

    private List<LoopPage.Named> finishedRewards(Project project) {
        return finished(project, run -> isReward(run));
    }

    private List<LoopPage.Named> finishedPolicies(Project project) {
        return finished(project, run -> !isReward(run));
    }

    private static boolean isReward(Run run) {
        return run.plan().method().equals(RewardPlan.METHOD);
    }

    private List<LoopPage.Named> finished(Project project, Predicate<Run> kind) {
        List<LoopPage.Named> finished = new ArrayList<>();
        for (Run run : runs.of(project.id())) {
            if (run.state() == Run.State.FINISHED && kind.test(run)) {
                finished.add(new LoopPage.Named(run, catalog.of(run).name()));
            }
        }
        Collections.reverse(finished);
        return finished;
    }

    /** The finished run that a form names. */
    private static Run named(List<LoopPage.Named> finished, String kind, String id) {
        return finished.stream()
                .map(LoopPage.Named::run)
                .filter(run -> run.id().equals(id))
                .findFirst()
                .orElseThrow(() -> BadInputException.at(
                        "run", "'" + id + "'", "a finished " + kind + " run of this project", "choose another"));
    }

    private void trainReward(Context context) throws IOException {
        Project project = project(context);
        boolean admin = admin(context);
        String typed = admin ? Forms.text(context, "path").strip() : "";
        String template = Forms.text(context, "template");
        if (!RewardPlan.TEMPLATES.contains(template)) {
            throw BadInputException.at("template", "'" + template + "'", "one that is offered", "choose one");
        }
        RewardPlan.Choice choice = new RewardPlan.Choice(
                models.require(typed.isEmpty() ? Forms.text(context, "model") : typed, admin),
                Forms.text(context, "criterion"),
                template,
                Forms.integer(context, "steps", 1, 1_000_000),
                Forms.integer(context, "seed"));
        rewards.queue(project, choice, access.person(context).id());
        context.redirect("/projects/" + project.id());
    }

    /** The initial model of a finished run. */
    private static String modelOf(Run run) {
        return RunPlace.of(run).run().settings().getOrDefault("model", "");
    }

    /** What a form chose; a policy's initial model is that of the reward model, or one of the offered models. */
    private PolicyPlan.Choice choice(Context context, Project project, String name, String reward, String chosen) {
        PolicyMethod method = policies.method(name);
        Run scorer = reward.isEmpty() && !method.sampling() ? null : named(finishedRewards(project), "reward", reward);
        String own = scorer == null ? "" : modelOf(scorer);
        String model = scorer != null && (chosen.isEmpty() || chosen.equals(own))
                ? own
                : models.require(chosen, admin(context));
        return new PolicyPlan.Choice(method, scorer, model);
    }

    private void offerPolicy(Context context) {
        Project project = project(context);
        PolicyPlan.Choice choice = choice(
                context,
                project,
                Forms.query(context, "method", ""),
                Forms.query(context, "reward", ""),
                Forms.query(context, "model", ""));
        pages.show(
                context, "policy.jte", Map.of("project", project, "choice", choice, "recipe", policies.recipe(choice)));
    }

    private void trainPolicy(Context context) throws IOException {
        Project project = project(context);
        PolicyPlan.Choice choice = choice(
                context,
                project,
                Forms.text(context, "method"),
                Forms.text(context, "reward"),
                Forms.text(context, "model"));
        policies.queue(
                project,
                choice,
                Forms.text(context, "recipe"),
                admin(context),
                access.person(context).id());
        context.redirect("/projects/" + project.id());
    }

    private void writeCompletions(Context context) {
        Project project = project(context);
        Run policy = named(finishedPolicies(project), "policy", Forms.text(context, "run"));
        Round.Request request = new Round.Request(
                catalog.of(policy).model().toString(),
                modelOf(policy),
                Forms.integer(context, "prompts", 1, 100_000),
                Forms.integer(context, "completions", Tasks.MIN_COMPLETIONS, Tasks.MAX_COMPLETIONS),
                Forms.integer(context, "tokens", 1, MAX_TOKENS),
                1.0,
                Forms.integer(context, "seed"));
        rounds.add(project.id(), policy.id(), request, access.person(context).id());
        context.redirect("/projects/" + project.id());
    }
}
