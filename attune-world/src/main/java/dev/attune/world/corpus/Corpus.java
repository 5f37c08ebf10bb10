package dev.attune.world.corpus;

import dev.attune.world.SeededChoices;
import dev.attune.world.World;
import dev.attune.world.WorldPrompt;
import dev.attune.world.WorldSplit;
import dev.attune.world.prompt.PromptSources;
import dev.attune.world.prompt.Prompts;
import java.util.stream.Stream;

/** An endless stream of documents, determined by the seed. */
public final class Corpus {
    private final AnswerMix mix;
    private final Prompts prompts;
    private final Passages passages;
    private final AnswerWriter answers;

    public Corpus(World world, AnswerMix mix, PromptSources sources) {
        this.mix = mix;
        this.prompts = new Prompts(world, sources);
        this.passages = new Passages(world);
        this.answers = new AnswerWriter(world);
    }

    /** The corpus for pretraining the base model. */
    public static Corpus standard() {
        return new Corpus(World.standard(), AnswerMix.STANDARD, PromptSources.CORPUS);
    }

    public Stream<CorpusDocument> stream(long seed) {
        SeededChoices choices = SeededChoices.of(seed, "corpus");
        return Stream.generate(() -> document(choices));
    }

    private CorpusDocument document(SeededChoices choices) {
        if (choices.chance(mix.passages())) {
            return new CorpusDocument.Passage(passages.write(choices));
        }
        WorldPrompt prompt = prompts.sample(WorldSplit.CORPUS, mix.kind(choices), choices);
        AnswerMix.Share conduct = mix.conduct(prompt.kind(), choices);
        return new CorpusDocument.Dialogue(prompt.text(), answers.write(prompt, conduct, choices));
    }
}
