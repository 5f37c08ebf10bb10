package dev.attune.cli.lab;

import dev.attune.core.model.SamplingOptions;
import dev.attune.core.model.ScoringModel;
import dev.attune.core.text.PromptCompletion;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.conversation.ConversationOptions;
import dev.attune.model.generation.Generated;
import dev.attune.model.local.LocalScoringModel;
import dev.attune.model.local.LocalTextModel;
import dev.attune.model.transformer.CausalLm;
import dev.attune.world.PromptKind;
import dev.attune.world.World;
import dev.attune.world.WorldPrompt;
import dev.attune.world.WorldSplit;
import dev.attune.world.evaluation.Judged;
import dev.attune.world.evaluation.WorldEvaluation;
import dev.attune.world.prompt.Prompts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Evaluates models on the same held-out prompts of the world, one completion each at temperature 1. */
final class WorldSampling {
    private static final long SEED = 20_260_202;
    private static final int NEW_TOKENS = 64;

    private final List<WorldPrompt> prompts = new ArrayList<>();

    /** @param ofEachKind how many prompts of each kind */
    WorldSampling(int ofEachKind) {
        Prompts source = new Prompts(World.standard());
        for (PromptKind kind : PromptKind.values()) {
            prompts.addAll(source.sample(WorldSplit.HELD_OUT, kind, ofEachKind, SEED));
        }
    }

    /**
     * @param base reference of the KL
     * @param reward the proxy
     */
    WorldFigures measure(Path model, Path base, Path reward) {
        List<Generated> completions;
        List<String> texts;
        try (LocalTextModel text = LocalTextModel.open(model)) {
            List<int[]> tokens = prompts.stream()
                    .map(prompt -> text.encoder().prompt(prompt.toPrompt()))
                    .toList();
            completions = text.generator().generate(tokens, SamplingOptions.sampling(NEW_TOKENS, 1), SEED);
            texts = completions.stream()
                    .map(one -> text.tokenizer().decode(one.content()))
                    .toList();
        }
        List<Judged> judged = new WorldEvaluation(World.standard()).judge(prompts, texts);
        double good = judged.stream()
                .mapToDouble(one -> one.assessment().good() ? 1 : 0)
                .average()
                .orElse(0);
        return new WorldFigures(
                WorldEvaluation.report(judged), good, proxy(reward, texts), kl(base, completions), distinct(texts));
    }

    private double proxy(Path reward, List<String> texts) {
        List<PromptCompletion> samples = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            samples.add(new PromptCompletion(prompts.get(i).toPrompt(), texts.get(i)));
        }
        try (ScoringModel scoring = LocalScoringModel.open(reward, ConversationOptions.DEFAULT)) {
            return Arrays.stream(scoring.score(samples)).average().orElse(Double.NaN);
        }
    }

    private static double kl(Path base, List<Generated> completions) {
        try (CausalLm model = Checkpoints.loadCausal(base)) {
            double[] underBase = CompletionLikelihood.logProbabilities(model, completions);
            double sum = 0;
            for (int i = 0; i < underBase.length; i++) {
                sum += completions.get(i).logProbability() - underBase[i];
            }
            return sum / underBase.length;
        }
    }

    /** Number of distinct texts among a thousand, taken evenly from all kinds. */
    private static double distinct(List<String> texts) {
        int thousand = Math.min(1000, texts.size());
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < thousand; i++) {
            seen.add(texts.get((int) ((long) i * texts.size() / thousand)));
        }
        return seen.size() * 1000.0 / thousand;
    }
}
