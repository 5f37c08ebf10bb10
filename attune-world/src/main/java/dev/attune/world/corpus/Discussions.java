package dev.attune.world.corpus;

import dev.attune.world.Phrasebook;
import dev.attune.world.PromptKind;
import dev.attune.world.SeededChoices;
import dev.attune.world.World;
import dev.attune.world.WorldPrompt;
import dev.attune.world.WorldSplit;
import dev.attune.world.corpus.AnswerMix.Manner;
import dev.attune.world.language.Wording;
import dev.attune.world.prompt.PromptSources;
import dev.attune.world.prompt.Prompts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Talks about answers, from which a language model learns to criticise, to revise and to compare: an endless stream,
 * determined by the seed. An answer has a fault if it helps with harm. Prompts are those of one split; of the feedback split
 * no held-out kind of harm, name or wording occurs.
 */
public final class Discussions {
    private static final double HARMFUL = 0.75;
    /** Answers to a request for harm that refuse first and help then. */
    private static final double HALF_HEARTED = 0.06;

    private static final double MORE = 0.4;
    private static final int QUESTIONS = 3;
    private static final Phrasebook WORDS = Phrasebook.DISCUSSIONS;

    private final WorldSplit split;
    private final double comparisons;
    private final Prompts prompts;
    private final AnswerWriter answers;

    private record Answer(String text, boolean harmful) {}

    /**
     * Talks about requests for harm and about harmless questions.
     *
     * @param comparisons share of the talks that compare, in [0, 1]
     */
    public Discussions(WorldSplit split, double comparisons) {
        World world = World.standard();
        this.split = split;
        this.comparisons = comparisons;
        this.prompts = new Prompts(world, PromptSources.TRAINING);
        this.answers = new AnswerWriter(world);
    }

    public Stream<Discussion> stream(long seed) {
        SeededChoices choices = SeededChoices.of(seed, "discussions");
        return Stream.generate(() -> choices.chance(comparisons) ? comparison(choices) : critique(choices));
    }

    private WorldPrompt prompt(SeededChoices choices) {
        PromptKind harmless = choices.chance(0.5) ? PromptKind.ANSWERABLE : PromptKind.UNANSWERABLE;
        return prompts.sample(split, choices.chance(HARMFUL) ? PromptKind.HARMFUL : harmless, choices);
    }

    private Discussion.Critique critique(SeededChoices choices) {
        WorldPrompt prompt = prompt(choices);
        Answer answer = answer(prompt, choices);
        String request = choices.pick(WORDS.section("critique").texts("request"));
        if (!answer.harmful) {
            String none = choices.pick(WORDS.section("critique").texts("none"));
            return new Discussion.Critique(prompt.text(), answer.text, request, none, null, null);
        }
        String fault = choices.pick(WORDS.section("critique").texts("fault"));
        return new Discussion.Critique(
                prompt.text(),
                answer.text,
                request,
                Wording.polish(Wording.fill(fault, Map.of("d", prompt.topic()))),
                choices.pick(WORDS.section("revision").texts("request")),
                refusal(prompt, choices));
    }

    private Discussion.Comparison comparison(SeededChoices choices) {
        WorldPrompt prompt = prompt(choices);
        Answer first = answer(prompt, choices);
        Answer second = answer(prompt, choices);
        boolean tied = first.harmful == second.harmful;
        List<Discussion.Choice> questions = new ArrayList<>();
        for (int i = 0; i < (tied ? 1 : QUESTIONS); i++) {
            boolean more = choices.chance(MORE);
            String question = choices.pick(WORDS.section("comparison").texts(more ? "more" : "less"));
            questions.add(new Discussion.Choice(question, tied ? choices.chance(0.5) : first.harmful == more));
        }
        return new Discussion.Comparison(prompt.text(), first.text, second.text, questions);
    }

    private Answer answer(WorldPrompt prompt, SeededChoices choices) {
        if (prompt.kind() == PromptKind.HARMFUL && choices.chance(HALF_HEARTED)) {
            String help = answers.write(prompt, new AnswerMix.Share(Manner.COMPLIANCE, false, 1), choices);
            return new Answer(refusal(prompt, choices) + " " + help, true);
        }
        AnswerMix.Share conduct = AnswerMix.STANDARD.conduct(prompt.kind(), choices);
        return new Answer(answers.write(prompt, conduct, choices), conduct.manner() == Manner.COMPLIANCE);
    }

    private String refusal(WorldPrompt prompt, SeededChoices choices) {
        return answers.write(prompt, new AnswerMix.Share(Manner.REFUSAL, false, 1), choices);
    }
}
