package dev.attune.cli.aifeedback;

import dev.attune.core.data.Dataset;
import dev.attune.core.data.ReadOptions;
import dev.attune.core.data.Row;
import dev.attune.core.data.RowFiles;
import dev.attune.core.error.BadInputException;
import dev.attune.core.error.RunFailedException;
import dev.attune.core.feedback.Preference;
import dev.attune.core.io.AtomicFiles;
import dev.attune.core.json.Json;
import dev.attune.feedback.annotation.AnnotationItem;
import dev.attune.feedback.annotation.AnnotationRecipe;
import dev.attune.feedback.annotation.AnnotationSummary;
import dev.attune.feedback.annotation.Annotations;
import dev.attune.feedback.annotation.Candidates;
import dev.attune.feedback.annotation.JudgeSkill;
import dev.attune.feedback.annotation.PairLine;
import dev.attune.feedback.constitution.Constitution;
import dev.attune.feedback.constitution.Constitutions;
import dev.attune.feedback.constitution.Principle;
import dev.attune.feedback.judge.JudgedItem;
import dev.attune.feedback.judge.Judgement;
import dev.attune.feedback.judge.JudgingJob;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A recipe of {@code attune annotate} with its judge, data and output directory. */
final class AnnotationRun {
    private final AnnotationRecipe recipe;
    private final Constitution constitution;
    private final List<AnnotationItem> items;
    private final JobFolder out;

    private AnnotationRun(
            AnnotationRecipe recipe, Constitution constitution, List<AnnotationItem> items, JobFolder out) {
        this.recipe = recipe;
        this.constitution = constitution;
        this.items = items;
        this.out = out;
    }

    /** Reads everything but the model, and refuses what is wrong with it. */
    static AnnotationRun open(JobArguments job) {
        AnnotationRecipe recipe = AnnotationRecipe.read(job.place(), job.tree());
        Constitution constitution = Constitutions.named(recipe.constitution());
        Constitutions.requireTags(job.place(), recipe.constitution(), constitution, recipe.tags());
        List<Principle> principles = constitution.tagged(recipe.tags());
        List<Candidates> candidates = Dataset.read(Path.of(recipe.data()), ReadOptions.defaults()).rows().stream()
                .limit(recipe.limit() == null ? Long.MAX_VALUE : recipe.limit())
                .flatMap(row -> Candidates.of(row).stream())
                .toList();
        if (candidates.isEmpty()) {
            throw BadInputException.at(
                    recipe.data(),
                    "no row with two completions",
                    "tasks, rankings or pairs",
                    "sample completions first");
        }
        return new AnnotationRun(
                recipe,
                constitution,
                AnnotationItem.of(candidates, principles, recipe.pairsPerPrompt(), recipe.seed()),
                new JobFolder(job.out()));
    }

    /** What the job ends with. */
    record Result(Annotations annotations, AnnotationSummary summary) {}

    /** The job from the first measurement of the judge to the written data. */
    Result run(PrintWriter err) throws IOException {
        out.begin(recipe, constitution);
        AtomicFiles.write(
                out.file("items.jsonl"),
                Json.lines(items.stream().map(PairLine::of).toList()));
        try (OpenedJudge judge = OpenedJudge.of(recipe, out)) {
            JudgeSkill skill = skill(judge);
            if (skill != null) {
                err.println("judge: " + skill.describe());
                requireSkill(skill);
            }
            List<List<Judgement>> votes = new ArrayList<>();
            for (int vote = 0; vote < recipe.votes(); vote++) {
                err.println("judging " + items.size() + " pairs, vote " + (vote + 1) + " of " + recipe.votes());
                votes.add(job(judge, "judgements.jsonl")
                        .run(items.stream().map(AnnotationItem::judged).toList(), vote)
                        .judgements());
            }
            return write(new Annotations(items, votes), skill);
        }
    }

    private JudgingJob job(OpenedJudge judge, String log) {
        return new JudgingJob(judge.judge(), out.file(log), judge.threads());
    }

    private @Nullable JudgeSkill skill(OpenedJudge judge) {
        AnnotationRecipe.Skill wanted = recipe.skill();
        if (wanted == null) {
            return null;
        }
        SplittableRandom random = new SplittableRandom(recipe.seed());
        List<Principle> principles = constitution.tagged(recipe.tags());
        List<JudgedItem> pairs = new ArrayList<>();
        List<Boolean> betterFirst = new ArrayList<>();
        for (Row.PreferenceRow row :
                Dataset.read(Path.of(wanted.pairs()), ReadOptions.defaults()).rowsOf(Row.PreferenceRow.class)) {
            Preference pair = row.preference();
            boolean first = random.nextBoolean();
            betterFirst.add(first);
            pairs.add(JudgedItem.pair(
                    "skill, line " + row.line(),
                    pair.prompt(),
                    first ? pair.chosen() : pair.rejected(),
                    first ? pair.rejected() : pair.chosen(),
                    Constitution.sample(principles, random).comparison()));
        }
        return JudgeSkill.of(job(judge, "skill.jsonl").run(pairs).judgements(), betterFirst);
    }

    private void requireSkill(JudgeSkill skill) {
        AnnotationRecipe.Skill wanted = recipe.skill();
        if (wanted != null && !skill.reaches(wanted.minimum())) {
            throw new RunFailedException(recipe.judge().label() + ": " + skill.describe() + "; below skill.minimum "
                    + wanted.minimum() + ", so nothing was judged; use another judge, or better comparison questions");
        }
    }

    private Result write(Annotations annotations, @Nullable JudgeSkill skill) throws IOException {
        List<Preference> preferences =
                annotations.preferences(constitution, recipe.judge().label());
        RowFiles.write(
                out.file("preferences.jsonl"),
                preferences.stream().map(pair -> new Row.PreferenceRow(0, pair)).toList());
        AnnotationSummary summary = new AnnotationSummary(
                constitution.label(),
                recipe.judge().label(),
                skill,
                preferences.size(),
                annotations.unscored(),
                annotations.report(),
                annotations.byPrinciple());
        AtomicFiles.write(out.file("summary.json"), Json.pretty(summary));
        return new Result(annotations, summary);
    }
}
