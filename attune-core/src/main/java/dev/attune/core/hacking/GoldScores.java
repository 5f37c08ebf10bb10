package dev.attune.core.hacking;

import dev.attune.core.run.MetricsLog;
import dev.attune.core.run.RunFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds the metrics of a run that can serve as gold reward for the optimised score. */
final class GoldScores {
    static final String OPTIMISED = "objective/scores";
    static final String KL = "objective/kl_k1";
    private static final String HELD_OUT = "eval_score";
    private static final String PREFIX = "scores/";

    private GoldScores() {}

    static List<ProxyAgainstGold> of(RunFolder run, MetricsLog metrics) {
        List<String> names =
                metrics.names().stream().filter(name -> name.startsWith(PREFIX)).toList();
        Map<String, String> settings = run.settings();
        List<ProxyAgainstGold> scores = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            boolean unused = weight(settings, i) == 0;
            if (unused || summed(settings, names.size()) > 1) {
                scores.add(score(
                        metrics, names.get(i), unused ? ProxyAgainstGold.Kind.UNUSED : ProxyAgainstGold.Kind.PART));
            }
        }
        if (metrics.names().contains(HELD_OUT)) {
            scores.add(score(metrics, HELD_OUT, ProxyAgainstGold.Kind.HELD_OUT_PROMPTS));
        }
        return scores;
    }

    private static long summed(Map<String, String> settings, int functions) {
        return java.util.stream.IntStream.range(0, functions)
                .filter(i -> weight(settings, i) != 0)
                .count();
    }

    /** The weight of the reward function at an index; metrics are in the order of the recipe's reward functions. */
    private static double weight(Map<String, String> settings, int place) {
        try {
            return Double.parseDouble(settings.getOrDefault("reward." + place + ".weight", "1"));
        } catch (NumberFormatException edited) {
            return 1;
        }
    }

    private static ProxyAgainstGold score(MetricsLog metrics, String name, ProxyAgainstGold.Kind kind) {
        List<ProxyAgainstGold.Point> points = new ArrayList<>();
        for (MetricsLog.Line line : metrics.lines()) {
            Double score = line.values().get(name);
            Double optimised = line.values().get(OPTIMISED);
            Double kl = line.values().get(KL);
            if (score != null && optimised != null && kl != null) {
                points.add(new ProxyAgainstGold.Point(line.step(), Math.sqrt(Math.max(0, kl)), optimised, score));
            }
        }
        return new ProxyAgainstGold(name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name, kind, points);
    }
}
