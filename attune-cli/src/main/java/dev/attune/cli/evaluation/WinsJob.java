package dev.attune.cli.evaluation;

import dev.attune.cli.aifeedback.JobFolder;
import dev.attune.cli.aifeedback.OpenedHarmJudge;
import dev.attune.cli.aifeedback.OpenedWinsJudge;
import dev.attune.cli.terminal.ProgressLine;
import dev.attune.feedback.evaluation.Evaluated;
import dev.attune.feedback.evaluation.Standings;
import dev.attune.feedback.evaluation.Suite;
import dev.attune.feedback.evaluation.Wins;
import dev.attune.feedback.evaluation.WinsMeasure;
import dev.attune.feedback.judge.JudgingJob;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares the answers of all models of an evaluation with each other. Judgements are kept in its directory when they are
 * made: started again, it continues.
 *
 * @param models the evaluated one first
 */
record WinsJob(Suite suite, List<Evaluated> models, long seed, JobFolder out) {
    /** What was found: every pair of models under every measure; standings only of three models and more. */
    record Found(List<Wins> wins, List<Standings> standings) {}

    private record Pair(Evaluated model, Evaluated against) {}

    Found run(PrintWriter err) throws IOException {
        List<Wins> wins = new ArrayList<>();
        List<Standings> standings = new ArrayList<>();
        for (WinsMeasure measure : suite.wins()) {
            List<Wins> pairs = compared(measure, err);
            wins.addAll(pairs);
            if (models.size() > 2) {
                standings.add(Standings.of(measure.name(), pairs));
            }
        }
        return new Found(wins, standings);
    }

    private List<Wins> compared(WinsMeasure measure, PrintWriter err) throws IOException {
        OpenedHarmJudge.Means means = new OpenedHarmJudge.Means(null, OpenedJudges.THREADS, seed);
        try (OpenedWinsJudge judge = OpenedWinsJudge.of(measure.judge(), means, out.file("judge-replies.jsonl"));
                ProgressLine progress = ProgressLine.start(
                        err, "comparing by " + measure.judge().label())) {
            JudgingJob job = new JudgingJob(judge.judge(), out.file("judgements.jsonl"), judge.threads());
            List<Wins> wins = new ArrayList<>();
            List<Pair> pairs = pairs();
            for (Pair pair : pairs) {
                progress.update(
                        wins.size(),
                        pairs.size(),
                        measure.name() + ": " + pair.against().model());
                wins.add(measure.compare(
                        pair.model(), pair.against(), items -> job.run(items).judgements()));
            }
            progress.update(pairs.size(), pairs.size(), "");
            return wins;
        }
    }

    /** Each pair once, those of the evaluated model first. */
    private List<Pair> pairs() {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < models.size(); i++) {
            for (Evaluated against : models.subList(i + 1, models.size())) {
                pairs.add(new Pair(models.get(i), against));
            }
        }
        return pairs;
    }
}
