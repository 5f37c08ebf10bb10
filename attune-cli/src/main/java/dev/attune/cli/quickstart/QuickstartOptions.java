package dev.attune.cli.quickstart;

import dev.attune.world.PromptKind;
import java.nio.file.Path;

/**
 * What one quickstart does.
 *
 * @param out the folder it writes
 * @param seed of everything after pretraining
 * @param rounds of feedback and PPO; from the second on, the newest policy's completions are ranked
 * @param completions ranked per prompt
 * @param labelersPerPrompt labelers who rank each prompt, 1 to 5
 * @param ranked unanswerable prompts whose completions are ranked, a round; of the other kinds see {@link #share}
 * @param learned likewise for the prompts that PPO samples from
 * @param evaluated prompts of each kind that measure a model
 * @param steps of PPO, a round
 * @param kl coefficient of the KL penalty
 * @param criterionModels one reward model per criterion, summed, instead of one for all by precedence
 */
record QuickstartOptions(
        Path out,
        long seed,
        int rounds,
        int completions,
        int labelersPerPrompt,
        int ranked,
        int learned,
        int evaluated,
        int steps,
        double kl,
        boolean criterionModels) {
    static final int COMPLETIONS = 4;
    static final int LABELERS = 3;
    static final int RANKED = 700;
    static final int LEARNED = 800;
    static final int EVALUATED = 400;
    static final int STEPS = 40;
    static final double KL = 0.06;

    /** Above the length of any answer: answers of the world have 8 to 30 tokens. */
    static final int MAX_NEW_TOKENS = 64;

    /**
     * How many training prompts of a kind there are for {@code count} unanswerable ones. Answerable questions
     * need the most examples, harmful requests the fewest.
     */
    static int share(PromptKind kind, int count) {
        return switch (kind) {
            case ANSWERABLE -> 2 * count;
            case UNANSWERABLE -> count;
            case HARMFUL -> (count + 1) / 2;
        };
    }

    /** The command that does the same in another folder. */
    String command(String otherOut) {
        StringBuilder command = new StringBuilder("./attune quickstart --seed " + seed + " --out " + otherOut);
        option(command, "--rounds", rounds, 1);
        option(command, "--prompts", ranked, RANKED);
        option(command, "--steps", steps, STEPS);
        option(command, "--evaluate", evaluated, EVALUATED);
        option(command, "--kl-coefficient", kl, KL);
        return command.append(criterionModels ? " --criterion-models" : "").toString();
    }

    private static void option(StringBuilder command, String name, Number value, Number standard) {
        if (!value.equals(standard)) {
            command.append(' ').append(name).append(' ').append(value);
        }
    }

    int evaluationPrompts() {
        return evaluated * PromptKind.values().length;
    }
}
