package dev.attune.cli.aifeedback;

import dev.attune.cli.terminal.ProgressLine;
import dev.attune.core.data.DataFormat;
import dev.attune.core.data.Dataset;
import dev.attune.core.data.ReadOptions;
import dev.attune.core.data.Row;
import dev.attune.core.data.RowFiles;
import dev.attune.core.error.RunFailedException;
import dev.attune.core.io.AtomicFiles;
import dev.attune.core.json.Json;
import dev.attune.core.model.TextModel;
import dev.attune.core.text.Prompt;
import dev.attune.feedback.constitution.Constitution;
import dev.attune.feedback.constitution.Constitutions;
import dev.attune.feedback.endpoint.ModelAddress;
import dev.attune.feedback.judge.reply.Refusals;
import dev.attune.feedback.revision.CriticSkill;
import dev.attune.feedback.revision.RevisedAnswer;
import dev.attune.feedback.revision.Reviser;
import dev.attune.feedback.revision.RevisionData;
import dev.attune.feedback.revision.RevisionFigures;
import dev.attune.feedback.revision.RevisionJob;
import dev.attune.feedback.revision.RevisionRecipe;
import dev.attune.feedback.revision.RevisionSummary;
import dev.attune.model.conversation.ConversationOptions;
import dev.attune.model.hub.ModelLocation;
import dev.attune.model.local.LocalTextModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A recipe of {@code attune revise} with its models, data and output directory. */
final class RevisionRun {
    private final RevisionRecipe recipe;
    private final Constitution constitution;
    private final List<Prompt> prompts;
    private final JobFolder out;

    private RevisionRun(RevisionRecipe recipe, Constitution constitution, List<Prompt> prompts, JobFolder out) {
        this.recipe = recipe;
        this.constitution = constitution;
        this.prompts = prompts;
        this.out = out;
    }

    /** Reads everything but the models, and refuses what is wrong with it. */
    static RevisionRun open(JobArguments job) {
        RevisionRecipe recipe = RevisionRecipe.read(job.place(), job.tree());
        Constitution constitution = Constitutions.named(recipe.constitution());
        Constitutions.requireTags(
                job.place(),
                recipe.constitution(),
                constitution,
                recipe.revision().tags());
        List<Prompt> prompts = Dataset.read(
                        Path.of(recipe.prompts()), ReadOptions.defaults().withFormat(DataFormat.PROMPTS))
                .prompts();
        Integer limit = recipe.limit();
        return new RevisionRun(
                recipe,
                constitution,
                limit == null || limit >= prompts.size() ? prompts : prompts.subList(0, limit),
                new JobFolder(job.out()));
    }

    /** The job from the first measurement of the critic to the written data. */
    RevisionFigures run(PrintWriter err) throws IOException {
        out.begin(recipe, constitution);
        try (TextModel model = open(recipe.model(), recipe);
                OptionalModel critic = OptionalModel.of(recipe)) {
            TextModel judging = critic.model() == null ? model : critic.model();
            CriticSkill skill = skill(judging);
            if (skill != null) {
                err.println("critic: " + skill.describe());
            }
            requireSkill(skill);
            List<RevisedAnswer> answers = revise(model, judging, err);
            RevisionFigures figures = RevisionFigures.of(answers, Refusals::refuses);
            write(answers, figures, skill);
            return figures;
        }
    }

    /** A critic that is not the answering model. */
    private record OptionalModel(@Nullable TextModel model) implements AutoCloseable {
        static OptionalModel of(RevisionRecipe recipe) {
            return new OptionalModel(recipe.critic().equals(recipe.model()) ? null : open(recipe.critic(), recipe));
        }

        @Override
        public void close() {
            if (model != null) {
                model.close();
            }
        }
    }

    private static TextModel open(ModelAddress address, RevisionRecipe recipe) {
        ConversationOptions options = ConversationOptions.DEFAULT.withTemplate(recipe.template());
        return address.open(location -> LocalTextModel.open(ModelLocation.resolve(location), options));
    }

    private @Nullable CriticSkill skill(TextModel critic) {
        RevisionRecipe.Skill wanted = recipe.skill();
        if (wanted == null) {
            return null;
        }
        List<CriticSkill.Item> items = new ArrayList<>();
        Dataset.read(Path.of(wanted.items()), ReadOptions.defaults().withFormat(DataFormat.LABELS))
                .rowsOf(Row.LabelRow.class)
                .forEach(row ->
                        items.add(new CriticSkill.Item(row.prompt(), row.completion(), row.reward() <= 0, null)));
        return CriticSkill.measure(critic, constitution, items, recipe.revision());
    }

    private void requireSkill(@Nullable CriticSkill skill) {
        RevisionRecipe.Skill wanted = recipe.skill();
        if (skill != null && wanted != null && !(skill.accuracy() >= wanted.minimum())) {
            throw new RunFailedException(String.format(
                    Locale.ROOT,
                    "%s: the critic's accuracy is %.3f, below skill.minimum %.3f; nothing was revised; use another critic, or"
                            + " better requests and examples in the constitution",
                    recipe.critic().label(),
                    skill.accuracy(),
                    wanted.minimum()));
        }
    }

    private List<RevisedAnswer> revise(TextModel model, TextModel critic, PrintWriter err) throws IOException {
        Reviser reviser = new Reviser(model, critic, constitution, recipe.revision());
        RevisionJob job = new RevisionJob(reviser, recipe.gates(), Refusals::refuses, recipe.batch());
        try (ProgressLine line = ProgressLine.start(err, "revise")) {
            return job.run(
                    out.file("drafts.jsonl"),
                    prompts,
                    (done, total, figures) -> line.update(done, total, figures.revisions() + " revisions"));
        }
    }

    private void write(List<RevisedAnswer> answers, RevisionFigures figures, @Nullable CriticSkill skill)
            throws IOException {
        RevisionData data = new RevisionData(constitution, recipe.critic().label());
        var demonstrations =
                new DemonstrationMix(recipe.helpful(), recipe.revision().seed()).mix(data.demonstrations(answers));
        var pairs = data.pairs(answers);
        RowFiles.write(out.file("sft.jsonl"), demonstrations);
        RowFiles.write(out.file("pairs.jsonl"), pairs);
        AtomicFiles.write(
                out.file("summary.json"),
                Json.pretty(new RevisionSummary(
                        constitution.label(),
                        recipe.model().label(),
                        recipe.critic().label(),
                        skill,
                        figures,
                        demonstrations.size(),
                        pairs.size())));
    }
}
