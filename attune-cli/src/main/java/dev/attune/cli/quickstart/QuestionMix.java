package dev.attune.cli.quickstart;

import dev.attune.world.PromptKind;
import dev.attune.world.World;
import dev.attune.world.WorldPrompt;
import dev.attune.world.WorldSplit;
import dev.attune.world.prompt.PromptSources;
import dev.attune.world.prompt.Prompts;
import java.util.ArrayList;
import java.util.List;

/**
 * Questions of the world as the quickstart ranks them: for each request for harm two questions without an answer and
 * four with one.
 */
public final class QuestionMix {
    /** Questions to each request for harm, with itself. */
    public static final int PARTS = 7;

    private QuestionMix() {}

    /**
     * Different questions of the feedback split.
     *
     * @param count rounded down to a multiple of 7, at least 7
     */
    public static List<WorldPrompt> sample(int count, long seed) {
        Prompts source = new Prompts(World.standard(), PromptSources.TRAINING);
        int part = Math.max(1, count / PARTS);
        List<WorldPrompt> prompts = new ArrayList<>();
        for (PromptKind kind : PromptKind.values()) {
            prompts.addAll(source.sample(WorldSplit.FEEDBACK, kind, part * parts(kind), seed));
        }
        return prompts;
    }

    private static int parts(PromptKind kind) {
        return switch (kind) {
            case ANSWERABLE -> 4;
            case UNANSWERABLE -> 2;
            case HARMFUL -> 1;
        };
    }
}
