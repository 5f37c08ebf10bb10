package dev.attune.cli.evaluation;

import dev.attune.cli.aifeedback.JobFolder;
import dev.attune.cli.terminal.ProgressLine;
import dev.attune.core.io.AtomicFiles;
import dev.attune.core.io.Hashing;
import dev.attune.core.json.Json;
import dev.attune.core.model.TextModel;
import dev.attune.feedback.endpoint.ModelAddress;
import dev.attune.feedback.evaluation.AnsweringModel;
import dev.attune.feedback.evaluation.Evaluated;
import dev.attune.feedback.evaluation.EvaluationSummary;
import dev.attune.feedback.evaluation.Measure;
import dev.attune.feedback.evaluation.Measured;
import dev.attune.feedback.evaluation.Suite;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An evaluation by a suite, whose answers are kept in its directory: started again, it continues.
 *
 * @param file of the suite
 * @param against the baselines
 * @param limit prompts of each measure that sets no limit; null: all
 * @param ratings may be others when it continues
 * @param open opens a model in a directory
 */
public record SuiteJob(
        Path file,
        Suite suite,
        ModelAddress model,
        List<ModelAddress> against,
        @Nullable Integer limit,
        long seed,
        PeoplesRatings ratings,
        Function<String, TextModel> open,
        JobFolder out) {
    /** What another evaluation in the same directory may not differ in. */
    private record Recipe(
            String suite,
            String sha256,
            ModelAddress model,
            List<ModelAddress> against,
            @Nullable Integer limit,
            long seed) {}

    public SuiteJob {
        against = List.copyOf(against);
    }

    /** Evaluates, and writes evaluation.json, items.jsonl and report.html. */
    public SuiteResult run(PrintWriter err) throws IOException {
        suite.requireModels(1 + against.size());
        ratings.require(file, suite);
        String hash = Hashing.sha256(Files.readString(file));
        out.begin(new Recipe(suite.name(), hash, model, against, limit, seed));
        List<Evaluated> all = new ArrayList<>(List.of(evaluated(model, "answers.jsonl", err)));
        for (int i = 0; i < against.size(); i++) {
            all.add(evaluated(against.get(i), EvaluationSummary.baselineAnswers(i), err));
        }
        WinsJob.Found wins = new WinsJob(suite, all, seed, out).run(err);
        SuiteResult result = new SuiteResult(
                suite.name(),
                all.get(0),
                Beside.all(all.get(0), all.subList(1, all.size())),
                wins.wins(),
                wins.standings(),
                ratings.checked(all.get(0)));
        ratings.write(all.get(0), seed, out);
        AtomicFiles.write(out.file("items.jsonl"), Json.lines(SuiteItems.of(result)));
        AtomicFiles.write(out.file("evaluation.json"), Json.pretty(result.figures()));
        SuitePage.of(result).write(out.file("report.html"));
        return result;
    }

    private Evaluated evaluated(ModelAddress address, String answers, PrintWriter err) throws IOException {
        return new Evaluated(address.label(), measured(address, answers, err));
    }

    private List<Measured> measured(ModelAddress address, String answers, PrintWriter err) throws IOException {
        try (OpenedJudges judges = new OpenedJudges(out, seed);
                TextModel text = address.open(open);
                ProgressLine progress = ProgressLine.start(err, "evaluating " + address.label())) {
            Map<String, Integer> given = new HashMap<>();
            List<Measured> all = new ArrayList<>();
            int count = suite.measures().size();
            try (AnsweringModel answering = AnsweringModel.open(
                    out.file(answers),
                    text,
                    seed,
                    judges::of,
                    (part, more) -> progress.update(
                            all.size(), count, part + ": " + given.merge(part, more, Integer::sum) + " answers"))) {
                for (Measure measure : suite.measures()) {
                    progress.update(all.size(), count, measure.name());
                    all.add(measure.of(answering));
                }
                progress.update(count, count, "");
                return all;
            }
        }
    }
}
