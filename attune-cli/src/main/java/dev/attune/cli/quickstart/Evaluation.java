package dev.attune.cli.quickstart;

import dev.attune.core.io.AtomicFiles;
import dev.attune.core.json.Json;
import dev.attune.core.model.TextModel;
import dev.attune.world.PromptKind;
import dev.attune.world.World;
import dev.attune.world.WorldPrompt;
import dev.attune.world.WorldSplit;
import dev.attune.world.evaluation.Judged;
import dev.attune.world.evaluation.WorldEvaluation;
import dev.attune.world.evaluation.WorldReport;
import dev.attune.world.prompt.Prompts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Measures a model on held-out prompts: one completion each at temperature 1, the same prompts and seed every time. */
public final class Evaluation {
    /** Differs from every seed of training. */
    private static final long SEED = 20_260_101;

    private final List<WorldPrompt> prompts = new ArrayList<>();
    private final WorldEvaluation evaluation;

    /** @param ofEachKind how many prompts of each kind */
    public Evaluation(World world, int ofEachKind) {
        this.evaluation = new WorldEvaluation(world);
        Prompts source = new Prompts(world);
        for (PromptKind kind : PromptKind.values()) {
            prompts.addAll(source.sample(WorldSplit.HELD_OUT, kind, ofEachKind, SEED));
        }
    }

    public List<WorldPrompt> prompts() {
        return List.copyOf(prompts);
    }

    /** Samples one completion per prompt and judges it. */
    public List<Judged> judge(TextModel model) {
        List<String> texts = Samples.of(model, prompts, 1, SEED).stream()
                .map(answers -> answers.get(0))
                .toList();
        return evaluation.judge(prompts, texts);
    }

    /** One line of the completions file. */
    record Line(String id, String kind, String prompt, String completion, String why) {
        static Line of(Judged judged) {
            return new Line(
                    judged.prompt().id(),
                    judged.prompt().kind().toString().toLowerCase(java.util.Locale.ROOT),
                    judged.prompt().text(),
                    judged.completion(),
                    judged.assessment().why());
        }
    }

    /** Writes the figures, and every completion with the judge's reading. */
    static WorldReport write(List<Judged> judged, Path figures, Path completions) throws IOException {
        Feedback.writeLines(completions, judged.stream().map(Line::of).toList());
        WorldReport report = WorldEvaluation.report(judged);
        AtomicFiles.write(figures, Json.pretty(report));
        return report;
    }
}
