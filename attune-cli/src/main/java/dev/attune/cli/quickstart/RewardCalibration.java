package dev.attune.cli.quickstart;

import dev.attune.cli.report.ReliabilityDiagram;
import dev.attune.core.json.Json;
import dev.attune.core.stats.Calibration;
import dev.attune.training.reward.RewardJobFiles;
import dev.attune.training.reward.RewardReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The calibration of a reward model, from the report of its run. */
final class RewardCalibration {
    private RewardCalibration() {}

    static ReliabilityDiagram diagram(Path run) {
        RewardReport report = Json.read(run.resolve(RewardJobFiles.REPORT), RewardReport.class);
        String note = String.format(
                Locale.ROOT,
                "accuracy %.1f %% on %d held-out pairs (95 %% interval %.1f to %.1f), the shorter answer %.1f %%",
                100 * report.accuracy(),
                report.pairs(),
                100 * report.interval().low(),
                100 * report.interval().high(),
                100 * report.shorterBaseline());
        Calibration calibration = report.calibration();
        List<ReliabilityDiagram.Bin> bins = calibration == null
                ? List.of()
                : calibration.bins().stream()
                        .map(bin -> new ReliabilityDiagram.Bin(bin.predicted(), bin.observed(), bin.count()))
                        .toList();
        return new ReliabilityDiagram(note, bins);
    }
}
