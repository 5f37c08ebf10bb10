package dev.attune.studio.drawing;

import dev.attune.core.error.RunFailedException;
import dev.attune.core.feedback.Ranking;
import dev.attune.core.model.TextCompletion;
import dev.attune.core.text.Exchange;
import dev.attune.core.text.Prompt;
import dev.attune.feedback.drawing.Drawing;
import dev.attune.feedback.drawing.Endpoint;
import dev.attune.feedback.drawing.Endpoints;
import dev.attune.feedback.drawing.PairEntropy;
import dev.attune.feedback.drawing.Sampling;
import dev.attune.feedback.store.Tasks;
import dev.attune.studio.models.OpenModels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a task of one prompt. What it draws depends on the drawing's settings and the prompt's number alone, so that a
 * drawing that was interrupted goes on as if it had not been.
 */
final class Drawer {
    private final Endpoints endpoints;
    private final OpenModels models;

    Drawer(Endpoints endpoints, OpenModels models) {
        this.endpoints = endpoints;
        this.models = models;
    }

    private record Candidate(Ranking.Completion completion, String sampling) {}

    /** @throws RunFailedException where there are not two answers that differ */
    Tasks.Draft draw(Drawing drawing, Drawing.Waiting waiting) {
        List<Candidate> candidates = candidates(drawing.plan(), waiting);
        int size = Math.min(drawing.plan().completions(), candidates.size());
        String reward = drawing.plan().reward();
        if (reward == null) {
            return draft(waiting.prompt(), candidates.subList(0, size), 0);
        }
        PairEntropy.Choice choice = unsure(endpoints.scoring(reward), waiting.prompt(), candidates, size);
        List<Candidate> chosen = choice.places().stream().map(candidates::get).toList();
        return draft(waiting.prompt(), chosen, choice.meanEntropy());
    }

    /** Answers that differ: nobody can rank a text against itself, or against nothing. */
    private List<Candidate> candidates(Drawing.Plan plan, Drawing.Waiting waiting) {
        Map<String, Candidate> byText = new LinkedHashMap<>();
        for (Candidate candidate : drawn(plan, waiting)) {
            String text = candidate.completion().text().strip();
            if (!text.isEmpty()) {
                byText.putIfAbsent(text, candidate);
            }
        }
        if (byText.size() < Tasks.FEWEST) {
            throw new RunFailedException(plan.candidates() + " answers were drawn and " + byText.size()
                    + " of them differ: a higher temperature or another model makes more");
        }
        return List.copyOf(byText.values());
    }

    /** The models in turn, so that what is drawn first is of as many of them as possible. */
    private List<Candidate> drawn(Drawing.Plan plan, Drawing.Waiting waiting) {
        List<Candidate> all = new ArrayList<>(Collections.nCopies(plan.candidates(), null));
        int turns = plan.models().size();
        for (int place = 0; place < turns; place++) {
            int share = (plan.candidates() - place + turns - 1) / turns;
            List<Candidate> own = ofOne(endpoints.writing(plan.models().get(place)), plan, waiting, share);
            for (int i = 0; i < share; i++) {
                all.set(place + i * turns, own.get(i));
            }
        }
        return all;
    }

    private List<Candidate> ofOne(Endpoint endpoint, Drawing.Plan plan, Drawing.Waiting waiting, int share) {
        long seed = plan.seed() + waiting.number();
        List<Prompt> prompts = Collections.nCopies(share, waiting.prompt());
        List<TextCompletion> completions =
                share == 0 ? List.of() : models.complete(endpoint, prompts, plan.options(), seed);
        List<Candidate> candidates = new ArrayList<>();
        for (int row = 0; row < share; row++) {
            candidates.add(new Candidate(
                    new Ranking.Completion(completions.get(row).text(), endpoint.name()),
                    Sampling.of(endpoint, plan.options(), seed, row).json()));
        }
        return candidates;
    }

    private PairEntropy.Choice unsure(Endpoint reward, Prompt prompt, List<Candidate> candidates, int size) {
        double[] scores = models.score(
                reward,
                candidates.stream()
                        .map(candidate ->
                                new Exchange(prompt, candidate.completion().text()))
                        .toList());
        return new PairEntropy(scores).choose(size);
    }

    private static Tasks.Draft draft(Prompt prompt, List<Candidate> chosen, double priority) {
        List<@Nullable String> sampling = new ArrayList<>();
        chosen.forEach(candidate -> sampling.add(candidate.sampling()));
        return new Tasks.Draft(
                prompt, chosen.stream().map(Candidate::completion).toList(), sampling, priority);
    }
}
