package dev.attune.cli.lab;

import dev.attune.cli.lab.overoptimisation.Answer;
import dev.attune.cli.lab.overoptimisation.BestOfN;
import dev.attune.cli.lab.overoptimisation.OveroptimisationPage;
import dev.attune.cli.lab.overoptimisation.PeakOrder;
import dev.attune.cli.lab.overoptimisation.ProxyAccuracy;
import dev.attune.cli.lab.overoptimisation.ProxyCurve;
import dev.attune.cli.lab.overoptimisation.ProxyCurve.Proxy;
import dev.attune.core.error.BadInputException;
import dev.attune.core.hacking.HackingReport;
import dev.attune.core.hacking.HeldOutMetric;
import dev.attune.core.hacking.Overoptimisation;
import dev.attune.core.hacking.Overoptimisation.Law;
import dev.attune.core.hacking.ProxyAgainstGold;
import dev.attune.core.run.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code attune lab over-optimisation}: when the gold score falls although the proxy rises, by size and data of the proxy. */
@Command(
        name = "over-optimisation",
        description = {
            "Train reward models (proxies) of several sizes on several numbers of pairs that the facts of the built-in world"
                    + " label. Optimise the built-in model for each by best of n and by PPO without a KL penalty, and fit the"
                    + " forms of Gao, Schulman and Hilton (2022) to the gold score over the square root of the KL.",
            "Everything complete below --out is used again. The curves are in curves.html there."
        },
        footer = {"", "Example:", "  attune lab over-optimisation --evidence docs/evidence/over-optimisation.txt"})
final class OveroptimisationLab extends LabCommand {
    private static final double MIN_R_SQUARED = 0.9;

    /**
     * A proxy with what was trained.
     *
     * @param model directory of the reward model
     * @param ppo run directory of the policy
     */
    private record Trained(Proxy proxy, Path model, Path ppo) {
        static Trained of(OveroptimisationRuns runs, ProxySize size, Proxy proxy) throws IOException {
            Path model = runs.reward(size, proxy.pairs());
            return new Trained(proxy, model, runs.ppo(name(proxy), model));
        }

        static String name(Proxy proxy) {
            return proxy.size() + "-" + proxy.pairs();
        }
    }

    @Mixin
    private OveroptimisationOptions options;

    @Override
    void measure(Figures figures) throws IOException {
        OveroptimisationRuns runs = new OveroptimisationRuns(err(), options);
        requireSteps();
        runs.requireSameSettings();
        List<Trained> trained = train(runs);
        List<Answer> answers = runs.answers();
        List<ProxyCurve> bestOfN = new ArrayList<>();
        List<ProxyCurve> ppo = new ArrayList<>();
        for (Trained one : trained) {
            double[] scores = runs.scores(Trained.name(one.proxy()), one.model(), answers);
            figures.add(
                    one.proxy() + ": good above bad answers, %",
                    100 * ProxyAccuracy.of(answers, scores, options.samples),
                    Target.NONE,
                    String.format(Locale.ROOT, "%,d weights", one.proxy().parameters()));
            bestOfN.add(new ProxyCurve(one.proxy(), Law.BEST_OF_N, BestOfN.curve(answers, scores, options.samples)));
            ppo.add(new ProxyCurve(one.proxy(), Law.REINFORCEMENT_LEARNING, ppo(one.ppo())));
        }
        add(figures, "best of n", bestOfN);
        add(figures, "PPO", ppo);
        List<ProxyCurve> all = new ArrayList<>(bestOfN);
        all.addAll(ppo);
        new OveroptimisationPage(all).write(options.out.resolve("curves.html"));
    }

    private void requireSteps() {
        if (options.window < 1 || options.steps < options.window) {
            throw BadInputException.at(
                    "--window",
                    options.window + " of " + options.steps + " steps",
                    "1 to the number of steps",
                    "lower it, or raise --steps");
        }
    }

    private List<Trained> train(OveroptimisationRuns runs) throws IOException {
        List<Trained> trained = new ArrayList<>();
        for (ProxySize size : options.sizes.stream().map(ProxySize::of).toList()) {
            long parameters = ProxySize.parameters(runs.backbone(size));
            for (int pairs : options.pairs) {
                trained.add(Trained.of(runs, size, new Proxy(size.name(), parameters, pairs)));
            }
        }
        return trained;
    }

    private List<ProxyAgainstGold.Point> ppo(Path run) {
        return HackingReport.of(RunFolder.open(run)).heldOutMetrics().stream()
                .map(HeldOutMetric::score)
                .filter(score -> score.kind() == ProxyAgainstGold.Kind.UNUSED)
                .map(score -> ProxyCurve.windows(score.points(), options.window))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(run + " measured no gold reward"));
    }

    private static void add(Figures figures, String method, List<ProxyCurve> curves) {
        for (ProxyCurve curve : curves) {
            figures.add(
                    method + ", " + curve.proxy() + ": R2",
                    curve.fit().map(Overoptimisation::rSquared).orElse(Double.NaN),
                    Target.atLeast(MIN_R_SQUARED),
                    curve.describe());
        }
        add(figures, method + ": larger proxies peak later", PeakOrder.bySize(curves));
        add(figures, method + ": proxies of more pairs peak later", PeakOrder.byPairs(curves));
    }

    private static void add(Figures figures, String name, PeakOrder order) {
        figures.add(
                name,
                order.later(),
                Target.NONE,
                "of " + order.compared() + " comparisons: " + (order.always() ? "yes" : "no"));
    }
}
