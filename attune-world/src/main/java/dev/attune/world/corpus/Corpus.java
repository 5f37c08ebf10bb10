package dev.attune.world.corpus;

import dev.attune.world.Dice;
import dev.attune.world.PromptSources;
import dev.attune.world.Prompts;
import dev.attune.world.Split;
import dev.attune.world.World;
import dev.attune.world.WorldPrompt;
import java.util.stream.Stream;

/** An endless stream of documents, the same for the same seed. */
public final class Corpus {
    private final AnswerMix mix;
    private final Prompts prompts;
    private final Passages passages;
    private final Answers answers;

    public Corpus(World world, AnswerMix mix, PromptSources sources) {
        this.mix = mix;
        this.prompts = new Prompts(world, sources);
        this.passages = new Passages(world);
        this.answers = new Answers(world);
    }

    /** The corpus that the base model is made from. */
    public static Corpus standard() {
        return new Corpus(World.standard(), AnswerMix.STANDARD, PromptSources.CORPUS);
    }

    public Stream<CorpusDocument> stream(long seed) {
        Dice dice = Dice.of(seed, "corpus");
        return Stream.generate(() -> document(dice));
    }

    private CorpusDocument document(Dice dice) {
        if (dice.chance(mix.passages())) {
            return new CorpusDocument.Passage(passages.write(dice));
        }
        WorldPrompt prompt = prompts.draw(Split.CORPUS, mix.kind(dice), dice);
        AnswerMix.Share conduct = mix.conduct(prompt.kind(), dice);
        return new CorpusDocument.Dialogue(prompt.text(), answers.write(prompt, conduct, dice));
    }
}
