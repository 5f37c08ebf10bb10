package dev.attune.studio.loop;

import dev.attune.core.chart.Html;
import dev.attune.core.run.MetricsLog;
import dev.attune.core.run.RunFolder;
import dev.attune.feedback.run.Round;
import dev.attune.feedback.run.Rounds;
import dev.attune.feedback.run.Run;
import dev.attune.feedback.run.Runs;
import dev.attune.feedback.store.Store;
import dev.attune.studio.run.FoundRun;
import dev.attune.studio.run.RunCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** The history of a project's loop: rankings, reward model, policy, new completions, and so on. */
public final class Chain {
    private static final int SHORT_HASH = 12;

    private final Runs runs;
    private final Rounds rounds;
    private final RunCatalog catalog;

    public Chain(Store store, RunCatalog catalog) {
        this.runs = new Runs(store);
        this.rounds = new Rounds(store);
        this.catalog = catalog;
    }

    /** The links in the order of their requests. */
    public List<ChainLink> of(String project) {
        Map<String, List<ChainLink>> byAge = new TreeMap<>();
        for (Run run : runs.of(project)) {
            byAge.put(run.id(), run.plan().method().equals(RewardPlan.METHOD) ? reward(run) : List.of(policy(run)));
        }
        rounds.of(project).forEach(round -> byAge.put(round.id(), List.of(completions(round))));
        return byAge.values().stream().flatMap(List::stream).toList();
    }

    private List<ChainLink> reward(Run run) {
        Run.Material material = run.plan().material();
        String hash = material.sha256().substring(0, SHORT_HASH);
        List<ChainLink> links = new ArrayList<>();
        links.add(new ChainLink("Rankings", material.rows() + ", sha256 " + hash, "", null));
        links.add(link("Reward model", run, figure(metrics(run), "accuracy on held-out pairs", "eval_accuracy")));
        return links;
    }

    private ChainLink policy(Run run) {
        MetricsLog metrics = metrics(run);
        String score = figure(metrics, "score", "objective/scores");
        String kl = figure(metrics, "KL", "objective/kl");
        return link(
                "Policy (" + run.plan().method().toUpperCase(Locale.ROOT) + ")",
                run,
                kl.isEmpty() ? score : score + ", " + kl);
    }

    private ChainLink link(String what, Run run, String figures) {
        FoundRun found = catalog.of(run);
        return new ChainLink(
                what,
                run.message().isEmpty() ? figures : run.message(),
                run.state().configName(),
                found.name());
    }

    private MetricsLog metrics(Run run) {
        return catalog.of(run).folder().map(RunFolder::metrics).orElse(new MetricsLog(List.of()));
    }

    /** The first and the last value of a metric. */
    private static String figure(MetricsLog metrics, String title, String name) {
        OptionalDouble first = metrics.first(name);
        OptionalDouble last = metrics.last(name);
        if (first.isEmpty() || last.isEmpty()) {
            return "";
        }
        return title + " " + Html.number(first.getAsDouble()) + " → " + Html.number(last.getAsDouble());
    }

    private static ChainLink completions(Round round) {
        String detail = round.state() == Round.State.FINISHED
                ? round.tasks() + " tasks, half of each by the policy and half by the model before it"
                : round.message();
        return new ChainLink("New completions", detail, round.state().configName(), null);
    }
}
