package dev.attune.cli.lab.overoptimisation;

import dev.attune.cli.report.Page;
import dev.attune.core.chart.Html;
import dev.attune.core.chart.LineChart;
import dev.attune.core.chart.Series;
import dev.attune.core.hacking.Overoptimisation;
import dev.attune.core.hacking.Overoptimisation.Law;
import dev.attune.core.hacking.ProxyAgainstGold;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The curves as an HTML file: gold, its fit and proxy, over the distance d. */
public record OveroptimisationPage(List<ProxyCurve> curves) {
    private static final int FITTED_POINTS = 60;

    /** Writes the page. */
    public void write(Path file) {
        Page page = new Page(
                "Attune lab",
                "Over-optimisation of reward models",
                "Gold is the share of answers that are good by the facts of the built-in world. Proxies are reward models of"
                        + " several sizes, trained on different numbers of gold-labeled pairs. d is the square root of the KL"
                        + " from the initial policy.");
        method(page, "Best of n", "Fitted: R(d) = start + d (alpha - beta d).", Law.BEST_OF_N);
        method(
                page,
                "PPO without a KL penalty",
                "Fitted: R(d) = start + d (alpha - beta log d).",
                Law.REINFORCEMENT_LEARNING);
        page.write(file);
    }

    private void method(Page page, String name, String explanation, Law law) {
        page.section(name, explanation);
        List<ProxyCurve> of =
                curves.stream().filter(curve -> curve.law() == law).toList();
        of.stream().map(curve -> curve.proxy().pairs()).distinct().sorted().forEach(pairs -> {
            List<ProxyCurve> some =
                    of.stream().filter(curve -> curve.proxy().pairs() == pairs).toList();
            page.figures(List.of(
                    chart("Gold, " + pairs + " pairs", "measured", some, measured(ProxyAgainstGold.Point::score)),
                    chart(
                            "Gold, " + pairs + " pairs, fitted",
                            "the published form",
                            some,
                            OveroptimisationPage::fitted),
                    chart(
                            "Proxy, " + pairs + " pairs",
                            "measured; each proxy has mean 0 and variance 1 on its training data",
                            some,
                            measured(ProxyAgainstGold.Point::optimised))));
        });
        page.table(
                List.of("proxy", ">R2", "fit"),
                of.stream().map(OveroptimisationPage::row).toList());
    }

    private static List<String> row(ProxyCurve curve) {
        return List.of(
                curve.proxy().toString(),
                curve.fit().map(fit -> Html.number(fit.rSquared())).orElse("n/a"),
                curve.describe());
    }

    private static String chart(
            String title, String note, List<ProxyCurve> some, Function<ProxyCurve, List<Series.Point>> points) {
        List<Series> series = some.stream()
                .map(curve -> new Series(curve.proxy().size(), points.apply(curve)))
                .toList();
        return new LineChart(title, note, "d", series, OptionalDouble.empty()).html();
    }

    private static Function<ProxyCurve, List<Series.Point>> measured(ToDoubleFunction<ProxyAgainstGold.Point> score) {
        return curve -> curve.points().stream()
                .map(point -> new Series.Point(point.distance(), score.applyAsDouble(point)))
                .toList();
    }

    private static List<Series.Point> fitted(ProxyCurve curve) {
        return curve.fit().map(OveroptimisationPage::points).orElse(List.of());
    }

    private static List<Series.Point> points(Overoptimisation fit) {
        List<Series.Point> points = new ArrayList<>();
        for (int i = 0; i <= FITTED_POINTS; i++) {
            double distance = fit.nearest() + i * (fit.farthest() - fit.nearest()) / FITTED_POINTS;
            points.add(new Series.Point(distance, fit.at(distance)));
        }
        return points;
    }
}
