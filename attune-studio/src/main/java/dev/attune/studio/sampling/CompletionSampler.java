package dev.attune.studio.sampling;

import dev.attune.core.error.RunFailedException;
import dev.attune.core.feedback.Ranking;
import dev.attune.core.model.TextCompletion;
import dev.attune.core.text.Prompt;
import dev.attune.core.text.PromptCompletion;
import dev.attune.feedback.sampling.Endpoint;
import dev.attune.feedback.sampling.Endpoints;
import dev.attune.feedback.sampling.PairEntropy;
import dev.attune.feedback.sampling.SamplingJob;
import dev.attune.feedback.sampling.SamplingSettings;
import dev.attune.feedback.store.Tasks;
import dev.attune.studio.models.OpenModels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Samples the completions of one prompt as a task. The result depends only on the job's settings and the prompt's number,
 * so that an interrupted job continues exactly.
 */
final class CompletionSampler {
    private final Endpoints endpoints;
    private final OpenModels models;

    CompletionSampler(Endpoints endpoints, OpenModels models) {
        this.endpoints = endpoints;
        this.models = models;
    }

    /** @throws RunFailedException if fewer than two distinct answers were sampled */
    Tasks.Draft sample(SamplingJob job, SamplingJob.Waiting waiting) {
        List<Ranking.Completion> candidates = candidates(job.plan(), waiting);
        int size = Math.min(job.plan().completions(), candidates.size());
        String reward = job.plan().reward();
        if (reward == null) {
            return new Tasks.Draft(waiting.prompt(), candidates.subList(0, size));
        }
        PairEntropy.Choice choice = unsure(endpoints.scoring(reward), waiting.prompt(), candidates, size);
        List<Ranking.Completion> chosen =
                choice.places().stream().map(candidates::get).toList();
        return new Tasks.Draft(waiting.prompt(), chosen, choice.meanEntropy());
    }

    /** Distinct, non-empty answers. */
    private List<Ranking.Completion> candidates(SamplingJob.Plan plan, SamplingJob.Waiting waiting) {
        Map<String, Ranking.Completion> byText = new LinkedHashMap<>();
        for (Ranking.Completion candidate : sampled(plan, waiting)) {
            String text = candidate.text().strip();
            if (!text.isEmpty()) {
                byText.putIfAbsent(text, candidate);
            }
        }
        if (byText.size() < Tasks.MIN_COMPLETIONS) {
            throw new RunFailedException(plan.candidates() + " answers were sampled, but only " + byText.size()
                    + " distinct: use a higher temperature or another model");
        }
        return List.copyOf(byText.values());
    }

    /** Answers of the models, alternating, so that the first ones are from as many models as possible. */
    private List<Ranking.Completion> sampled(SamplingJob.Plan plan, SamplingJob.Waiting waiting) {
        List<Ranking.Completion> all = new ArrayList<>(Collections.nCopies(plan.candidates(), null));
        int turns = plan.models().size();
        for (int place = 0; place < turns; place++) {
            int share = (plan.candidates() - place + turns - 1) / turns;
            List<Ranking.Completion> own = ofOne(endpoints.writing(plan.models().get(place)), plan, waiting, share);
            for (int i = 0; i < share; i++) {
                all.set(place + i * turns, own.get(i));
            }
        }
        return all;
    }

    private List<Ranking.Completion> ofOne(
            Endpoint endpoint, SamplingJob.Plan plan, SamplingJob.Waiting waiting, int share) {
        long seed = plan.seed() + waiting.number();
        List<Prompt> prompts = Collections.nCopies(share, waiting.prompt());
        List<TextCompletion> completions =
                share == 0 ? List.of() : models.complete(endpoint, prompts, plan.options(), seed);
        List<Ranking.Completion> candidates = new ArrayList<>();
        for (int row = 0; row < share; row++) {
            candidates.add(new Ranking.Completion(
                    completions.get(row).text(),
                    endpoint.name(),
                    SamplingSettings.of(endpoint, plan.options(), seed, row).settings()));
        }
        return candidates;
    }

    private PairEntropy.Choice unsure(Endpoint reward, Prompt prompt, List<Ranking.Completion> candidates, int size) {
        double[] scores = models.score(
                reward,
                candidates.stream()
                        .map(candidate -> new PromptCompletion(prompt, candidate.text()))
                        .toList());
        return new PairEntropy(scores).choose(size);
    }
}
