package dev.attune.studio.loop;

import dev.attune.core.feedback.Ranking;
import dev.attune.core.model.SamplingOptions;
import dev.attune.core.model.TextCompletion;
import dev.attune.core.model.TextModel;
import dev.attune.core.text.Prompt;
import dev.attune.feedback.run.Round;
import dev.attune.feedback.run.Rounds;
import dev.attune.feedback.sampling.SamplingSettings;
import dev.attune.feedback.store.Project;
import dev.attune.feedback.store.Projects;
import dev.attune.feedback.store.Store;
import dev.attune.feedback.store.Tasks;
import dev.attune.studio.models.FailureText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Samples rounds of new completions: for each prompt some from the new policy and some from its initial model, which labelers
 * compare without knowing the models. Use from a platform thread.
 */
public final class RoundWriter {
    private static final int PROMPTS_PER_BATCH = 8;
    private static final int HEARTBEAT_SECONDS = 30;

    private final Rounds rounds;
    private final Projects projects;
    private final Tasks tasks;
    private final Function<String, TextModel> models;

    /** @param models opens one by its address */
    public RoundWriter(Store store, Function<String, TextModel> models) {
        this.rounds = new Rounds(store);
        this.projects = new Projects(store);
        this.tasks = new Tasks(store);
        this.models = models;
    }

    /** Samples the queued rounds. */
    public void poll() {
        for (Optional<Rounds.Held> next = rounds.claim(); next.isPresent(); next = rounds.claim()) {
            write(next.get());
        }
    }

    private void write(Rounds.Held held) {
        ScheduledExecutorService pulse = Executors.newSingleThreadScheduledExecutor();
        Future<?> renewing = pulse.scheduleAtFixedRate(
                () -> rounds.renew(held), HEARTBEAT_SECONDS, HEARTBEAT_SECONDS, TimeUnit.SECONDS);
        try {
            Project project = projects.find(held.round().project()).orElseThrow();
            rounds.finish(held, project, drafts(project, held.round().request()));
        } catch (RuntimeException | LinkageError | OutOfMemoryError wrong) {
            rounds.fail(held, FailureText.line(wrong));
        } finally {
            renewing.cancel(false);
            pulse.shutdownNow();
        }
    }

    private List<Tasks.Draft> drafts(Project project, Round.Request request) {
        List<Prompt> prompts = new ArrayList<>(tasks.prompts(project.id()));
        Collections.shuffle(prompts, new Random(request.seed()));
        prompts = prompts.subList(0, Math.min(prompts.size(), request.prompts()));
        Map<Prompt, Map<String, Ranking.Completion>> answers = new LinkedHashMap<>();
        prompts.forEach(prompt -> answers.put(prompt, new LinkedHashMap<>()));
        answer(answers, request.policy(), (request.completions() + 1) / 2, request);
        answer(answers, request.before(), request.completions() / 2, request);
        return answers.entrySet().stream()
                .filter(entry -> entry.getValue().size() >= Tasks.MIN_COMPLETIONS)
                .map(entry -> new Tasks.Draft(
                        entry.getKey(), List.copyOf(entry.getValue().values())))
                .toList();
    }

    /** Adds a model's answers. */
    private void answer(
            Map<Prompt, Map<String, Ranking.Completion>> answers, String address, int times, Round.Request request) {
        SamplingOptions options = SamplingOptions.sampling(request.maxNewTokens(), request.temperature());
        List<Prompt> prompts = List.copyOf(answers.keySet());
        long seed = request.seed();
        try (TextModel model = models.apply(address)) {
            for (int from = 0; from < prompts.size(); from += PROMPTS_PER_BATCH) {
                List<Prompt> some = prompts.subList(from, Math.min(prompts.size(), from + PROMPTS_PER_BATCH));
                for (int time = 0; time < times; time++) {
                    List<TextCompletion> texts = model.complete(some, options, seed);
                    for (int i = 0; i < some.size(); i++) {
                        keep(
                                Objects.requireNonNull(answers.get(some.get(i))),
                                texts.get(i).text(),
                                address,
                                SamplingSettings.of(options, seed, i));
                    }
                    seed++;
                }
            }
        }
    }

    /** Adds a text that can be ranked: not empty, not a duplicate, and without U+0000, which databases refuse. */
    private static void keep(
            Map<String, Ranking.Completion> answers, String text, String address, SamplingSettings how) {
        String plain = text.replace('\u0000', '\uFFFD').strip();
        if (!plain.isEmpty()) {
            answers.putIfAbsent(plain, new Ranking.Completion(plain, address, how.settings()));
        }
    }
}
