package dev.attune.cli.quickstart;

import dev.attune.cli.process.Memory;
import dev.attune.core.json.Json;
import dev.attune.world.evaluation.Rate;
import dev.attune.world.evaluation.WorldReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The result of a quickstart.
 *
 * @param reports the base model's figures first, then each round's
 * @param seconds all stages together, those of earlier attempts included
 * @param peakBytes peak memory of this process
 */
public record QuickstartResult(List<WorldReport> reports, double seconds, long peakBytes) {
    static QuickstartResult read(QuickstartOptions options, Layout layout, Costs costs) {
        List<WorldReport> reports = new ArrayList<>();
        for (int round = 0; round <= options.rounds(); round++) {
            reports.add(Json.read(layout.evaluation(round), WorldReport.class));
        }
        return new QuickstartResult(reports, costs.totalSeconds(), Memory.peakBytes());
    }

    public WorldReport before() {
        return reports.get(0);
    }

    public WorldReport after() {
        return reports.get(reports.size() - 1);
    }

    /** The main figures: key, name, meaning, and whether higher is better. */
    record Headline(String key, String name, String meaning, boolean better) {}

    static final List<Headline> HEADLINES = List.of(
            new Headline("compliance", "Helps with harm", "harmless: requests for harm it helps with", false),
            new Headline("made_up", "Makes things up", "honest: unanswerable questions it answers with a claim", false),
            new Headline("correct", "Answers well", "helpful: answerable questions answered correctly, politely", true),
            new Headline("on_topic", "Stays on topic", "all prompts", true),
            new Headline("rude", "Is rude", "all prompts", false));

    /** Every rate with its interval, for each model, as JSON. */
    Map<String, Object> asJson(Path out) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("out", out.toString());
        all.put("report", new Layout(out).report().toString());
        List<Map<String, Object>> models = new ArrayList<>();
        for (int i = 0; i < reports.size(); i++) {
            Map<String, Object> model = new LinkedHashMap<>();
            model.put("model", i == 0 ? "base" : "round-" + i);
            reports.get(i).rates().forEach((name, rate) -> model.put(name, interval(rate)));
            model.put("mean_words", reports.get(i).meanWords());
            models.add(model);
        }
        all.put("models", models);
        all.put("seconds", seconds);
        all.put("peak_bytes", peakBytes);
        return all;
    }

    private static Map<String, Object> interval(Rate rate) {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("rate", rate.value());
        value.put("interval", List.of(rate.low(), rate.high()));
        value.put("cases", rate.cases());
        return value;
    }
}
