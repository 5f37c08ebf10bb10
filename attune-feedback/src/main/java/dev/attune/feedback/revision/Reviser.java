package dev.attune.feedback.revision;

import dev.attune.core.model.SamplingOptions;
import dev.attune.core.model.TextCompletion;
import dev.attune.core.model.TextModel;
import dev.attune.core.text.Prompt;
import dev.attune.feedback.constitution.Constitution;
import dev.attune.feedback.constitution.Faults;
import dev.attune.feedback.constitution.Principle;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Answers prompts, and criticises and revises the answers by a constitution (Bai et al. 2022, section 3). Each round samples
 * a principle, asks for a critique, and asks for a revision if the critique finds a fault; the next round criticises the
 * revision. An answer leaves the rounds if a critique finds no fault or if a revision has one; an empty
 * one does not enter them.
 */
public final class Reviser {
    private final TextModel answering;
    private final TextModel critic;
    private final Constitution constitution;
    private final CritiqueDialogue dialogue;
    private final RevisionSettings settings;
    private final List<Principle> principles;

    /**
     * @param answering writes the first answers; stays the caller's
     * @param critic writes critiques and revisions; may be the same model
     */
    public Reviser(TextModel answering, TextModel critic, Constitution constitution, RevisionSettings settings) {
        this.answering = answering;
        this.critic = critic;
        this.constitution = constitution;
        this.settings = settings;
        this.dialogue = new CritiqueDialogue(constitution, settings.examples());
        this.principles = constitution.tagged(settings.tags());
        if (principles.isEmpty()) {
            throw new IllegalArgumentException("no principle has one of the tags " + settings.tags());
        }
    }

    /** An answer on its way through the rounds. */
    private static final class Work {
        private final int row;
        private final Prompt prompt;
        private final String answer;
        private final List<Draft> drafts = new ArrayList<>();
        private RevisedAnswer.Stop stop = RevisedAnswer.Stop.ROUNDS;

        Work(int row, Prompt prompt, String answer) {
            this.row = row;
            this.prompt = prompt;
            this.answer = answer;
            if (answer.isEmpty()) {
                stop = RevisedAnswer.Stop.NO_ANSWER;
            }
        }

        RevisedAnswer revised() {
            return new RevisedAnswer(row, prompt, answer, drafts, stop);
        }

        boolean open() {
            return stop == RevisedAnswer.Stop.ROUNDS;
        }
    }

    /** A principle for one answer of one round, and its critique. */
    private record Critique(Work work, Principle principle, String text) {}

    /**
     * Revises the answers to these prompts.
     *
     * @param firstRow the number of the first prompt in its file: a row's principles depend on its number, its samples on the
     *     numbers of all rows of this call
     */
    public List<RevisedAnswer> revise(int firstRow, List<Prompt> prompts) {
        List<TextCompletion> answers = complete(answering, prompts, firstRow, 0);
        List<Work> all = IntStream.range(0, prompts.size())
                .mapToObj(i -> new Work(
                        firstRow + i, prompts.get(i), answers.get(i).text().strip()))
                .toList();
        for (int round = 1; round <= settings.rounds(); round++) {
            round(all.stream().filter(Work::open).toList(), firstRow, round);
        }
        return all.stream().map(Work::revised).toList();
    }

    private void round(List<Work> open, int firstRow, int round) {
        List<Critique> faulty = new ArrayList<>();
        for (Critique critique : critiques(open, firstRow, round)) {
            if (Faults.none(constitution, critique.text)) {
                critique.work.drafts.add(new Draft(critique.principle.name(), critique.text, null, List.of()));
                critique.work.stop = RevisedAnswer.Stop.NO_FAULT;
            } else {
                faulty.add(critique);
            }
        }
        List<Prompt> requests = faulty.stream().map(this::revisionRequest).toList();
        List<TextCompletion> revisions = complete(critic, requests, firstRow, 2 * round);
        for (int i = 0; i < faulty.size(); i++) {
            add(faulty.get(i), revisions.get(i));
        }
    }

    private List<Critique> critiques(List<Work> open, int firstRow, int round) {
        List<Principle> sampled =
                open.stream().map(work -> principle(work.row, round)).toList();
        List<Prompt> requests = IntStream.range(0, open.size())
                .mapToObj(i -> (Prompt) dialogue.critique(
                        open.get(i).prompt, open.get(i).revised().result(), sampled.get(i)))
                .toList();
        List<TextCompletion> critiques = complete(critic, requests, firstRow, 2 * round - 1);
        return IntStream.range(0, open.size())
                .mapToObj(i -> new Critique(
                        open.get(i), sampled.get(i), critiques.get(i).text().strip()))
                .toList();
    }

    private Principle principle(int row, int round) {
        SplittableRandom random = new SplittableRandom(settings.seed() * 31 + row);
        Principle sampled = principles.get(0);
        for (int i = 0; i < round; i++) {
            sampled = Constitution.sample(principles, random);
        }
        return sampled;
    }

    private Prompt revisionRequest(Critique critique) {
        return dialogue.revision(
                critique.work.prompt, critique.work.revised().result(), critique.principle, critique.text);
    }

    private static void add(Critique critique, TextCompletion revision) {
        List<RevisionFault> faults =
                RevisionFaults.of(critique.principle, critique.work.revised().result(), revision);
        critique.work.drafts.add(new Draft(
                critique.principle.name(), critique.text, revision.text().strip(), faults));
        if (!faults.isEmpty()) {
            critique.work.stop = RevisedAnswer.Stop.FAULT;
        }
    }

    private List<TextCompletion> complete(TextModel model, List<Prompt> prompts, int firstRow, int turn) {
        SamplingOptions options = SamplingOptions.sampling(settings.maxNewTokens(), settings.temperature());
        long seed = settings.seed() + 1_000_003L * firstRow + 7_919L * turn;
        return prompts.isEmpty() ? List.of() : model.complete(prompts, options, seed);
    }
}
