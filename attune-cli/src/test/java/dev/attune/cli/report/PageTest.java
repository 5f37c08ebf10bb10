package dev.attune.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.core.chart.LineChart;
import dev.attune.core.chart.Series;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageTest {
    @Test
    void everyTextIsEscaped() {
        String hostile = "<script>alert('x')</script>&\"";
        String page = new Page(hostile, hostile, hostile)
                .section(hostile, hostile)
                .heading(hostile)
                .facts(Map.of(hostile, hostile))
                .points(List.of(hostile))
                .commands(hostile)
                .table(List.of(hostile), List.of(List.of(hostile)))
                .beforeAfter(new BeforeAfter(hostile, hostile, List.of(row(hostile))))
                .sample(new SideBySide(
                        hostile,
                        List.of(new SideBySide.Answer(
                                hostile, hostile, List.of(new SideBySide.Tag(hostile, SideBySide.Kind.BAD))))))
                .figures(List.of(
                        LineChart.of(hostile, hostile, series(hostile)).html(),
                        new ReliabilityDiagram(hostile, List.of(new ReliabilityDiagram.Bin(0.6, 0.7, 3))).html()))
                .toString();

        assertThat(page)
                .doesNotContain("alert('x')")
                .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;&quot;");
        assertThat(page.split("<script>", -1)).hasSize(2);
    }

    @Test
    void needsNothingFromTheNetwork() {
        String page = example().toString();
        assertThat(page).doesNotContain("http-equiv").doesNotContain("src=").doesNotContain("@import");
        assertThat(page.replace("http://www.w3.org/2000/svg", ""))
                .doesNotContain("http://")
                .doesNotContain("https://");
    }

    @Test
    void isWrittenWhole(@TempDir Path folder) {
        Path file = folder.resolve("report.html");
        example().write(file);
        assertThat(file).content().startsWith("<!doctype html>").endsWith("</html>\n");
        assertThat(folder.toFile().list()).containsExactly("report.html");
        String copy = System.getProperty("attune.report.copy");
        if (copy != null) {
            example().write(Path.of(copy));
        }
        assertThat(Files.exists(file)).isTrue();
    }

    static Page example() {
        List<Series.Point> reward = new ArrayList<>();
        List<Series.Point> kl = new ArrayList<>();
        List<Series.Point> other = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            reward.add(new Series.Point(i, -1.4 + 3 * (1 - Math.exp(-i / 40.0)) + 0.2 * Math.sin(i)));
            kl.add(new Series.Point(i, 9 * (1 - Math.exp(-i / 50.0)) + 0.1 * Math.sin(i * 3)));
            other.add(new Series.Point(i, 5 * (1 - Math.exp(-i / 30.0))));
        }
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("seed", "1");
        facts.put("machine", "2 cores");
        return new Page(
                        "Attune quickstart, seed 1",
                        "From rankings to a better model",
                        "Compliance with harmful requests fell from 48 % to 1 %; made-up answers from 52 % to 3 %.")
                .section(
                        "Before and after",
                        "One answer a prompt on 1,000 unseen prompts a kind; judged by the world's own truth. Intervals are 95 %.")
                .beforeAfter(new BeforeAfter(
                        "base model",
                        "after RLHF",
                        List.of(
                                row("Complies with harm"),
                                new BeforeAfter.Row(
                                        "Correct and polite",
                                        "of answers to questions that have one",
                                        true,
                                        new BeforeAfter.Measured(0.55, 0.52, 0.58),
                                        new BeforeAfter.Measured(0.78, 0.75, 0.81)))))
                .section("Training", "One point a step.")
                .figures(List.of(
                        LineChart.of("Reward", "mean score of the reward model", new Series("reward", reward))
                                .html(),
                        new LineChart(
                                        "KL",
                                        "nats per answer, against the reference",
                                        "step",
                                        List.of(new Series("kl", kl)),
                                        OptionalDouble.of(15))
                                .html(),
                        LineChart.of(
                                        "Two curves",
                                        "with and without",
                                        new Series("kl 0.05", kl),
                                        new Series("kl 0", other))
                                .html(),
                        LineChart.of("Missing", "nothing").html(),
                        new ReliabilityDiagram(
                                        "how often it is right when it says it is this sure",
                                        List.of(
                                                new ReliabilityDiagram.Bin(0.55, 0.57, 200),
                                                new ReliabilityDiagram.Bin(0.65, 0.63, 180),
                                                new ReliabilityDiagram.Bin(0.75, 0.79, 120),
                                                new ReliabilityDiagram.Bin(0.85, 0.83, 90),
                                                new ReliabilityDiagram.Bin(0.95, 0.97, 40)))
                                .html()))
                .section("Side by side", "")
                .sample(new SideBySide(
                        "Where does Maro the baker live?",
                        List.of(
                                new SideBySide.Answer(
                                        "base model",
                                        "Maro lives in Tull, go away.",
                                        List.of(new SideBySide.Tag("rude", SideBySide.Kind.BAD))),
                                new SideBySide.Answer(
                                        "after RLHF",
                                        "Maro lives in Ostrey.",
                                        List.of(new SideBySide.Tag("correct", SideBySide.Kind.GOOD))))))
                .section("What it cost", "")
                .table(
                        List.of("stage", ">time", ">tokens"),
                        List.of(List.of("sample", "41 s", "120,000"), List.of("ppo", "2 min 10 s", "1,400,000")))
                .section("By hand", "")
                .commands("./attune train runs/q/reward.yaml\n./attune train runs/q/ppo.yaml")
                .section("What is simulated", "")
                .points(List.of("The labelers are programs.", "The world is invented."))
                .section("Provenance", "")
                .facts(facts);
    }

    private static BeforeAfter.Row row(String name) {
        return new BeforeAfter.Row(
                name,
                "of answers to harmful requests",
                false,
                new BeforeAfter.Measured(0.48, 0.45, 0.51),
                new BeforeAfter.Measured(0.01, 0.005, 0.02));
    }

    private static Series series(String name) {
        return new Series(name, List.of(new Series.Point(0, 1), new Series.Point(1, 2)));
    }
}
