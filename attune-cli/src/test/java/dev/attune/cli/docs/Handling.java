package dev.attune.cli.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How the test treats a documented command that it cannot run as it is.
 *
 * @param command all of its words, joined by blanks
 * @param run whether it is run, with {@code more} behind its words; otherwise its words are parsed and its files must be there
 * @param more arguments that make it short
 * @param reason why it is not run as it is
 */
record Handling(Pattern command, boolean run, List<String> more, String reason) {
    private static final String MINUTES = "takes minutes";

    /** The first that matches a command counts; a command that none matches is run as it is. */
    static final List<Handling> ALL = List.of(
            reduced("quickstart", "--prompts 2 --steps 1 --evaluate 2", MINUTES),
            parsed("quickstart --out .*", "takes minutes; QuickstartTest runs such loops"),
            parsed("train hh-harmless-(smollm2|dpo).*", "takes an hour, on a chat model that is unpacked first"),
            parsed("score runs/hh-smollm2/.*", "needs the model of the run above"),
            parsed("train harmless\\.yaml.*", "needs the reward model of that run"),
            reduced("train desk\\.yaml.*", "steps=1 batch.rows=1", "the model has 135 million parameters"),
            parsed("train", "a sentence that names the command without a recipe"),
            parsed("train (tic-tac-toe|stories)", "the same run as on the recipe's own page"),
            parsed("data inspect .* hf:.*", "needs a hub; HubCommandsTest runs such commands against one"),
            parsed("feedback import FILE --project NAME", "the studio makes the project first"),
            reduced(
                    "train tic-tac-toe.*",
                    "rules.epochs=1 rules.demonstrations.count=64 rules.evaluate.limit=8 play.steps=1 play.batch.rollouts=8"
                            + " play.batch.micro=8 play.ppo.epochs=1 play.ppo.minibatches=1 play.evaluate.limit=4"
                            + " play.rollouts.every=1",
                    MINUTES),
            reduced("train hh-harmless-reward.*", "steps=1", MINUTES),
            reduced(
                    "train stories.*",
                    "sft.steps=1 reward.epochs=1 reward.evaluate.limit=8 ppo.steps=1 ppo.batch.rollouts=4 ppo.batch.micro=4"
                            + " ppo.ppo.minibatches=1",
                    MINUTES),
            reduced("train mine\\.yaml.*", "steps=1 evaluate.split=0", MINUTES),
            reduced(
                    "train my-reward\\.yaml",
                    "model=runs/quickstart/round-1/ppo/model data.path=pairs.jsonl steps=1 evaluate.split=0",
                    "the text says to set the model and the data"),
            reduced(
                    "train my\\.yaml",
                    "model=runs/quickstart/round-1/ppo/model reference=runs/quickstart/round-1/ppo/model"
                            + " reward.0.model=runs/quickstart/round-1/reward-all/model data.path=tasks.jsonl evaluate.split=0"
                            + " batch.rollouts=2 batch.micro=2 generation.max_new_tokens=4 steps=1",
                    "the recipe says to set models and data"),
            reduced(
                    "train (dpo|kto)\\.yaml",
                    "model=runs/quickstart/round-1/ppo/model data.path=my-pairs.jsonl evaluate.split=0 batch.rows=2 batch.micro=2 steps=1",
                    "the recipe says to set model and data"),
            reduced(
                    "train (rloo|reinforce)\\.yaml",
                    "model=runs/quickstart/round-1/ppo/model reward.0.model=runs/quickstart/round-1/reward-all/model"
                            + " data.path=tasks.jsonl evaluate.split=0 batch.rollouts=8 batch.micro=2"
                            + " generation.max_new_tokens=4 steps=1",
                    "the recipe says to set models and data"),
            reduced(
                    "train (best-of-n|online-dpo)\\.yaml .*",
                    "evaluate.split=0 batch.rollouts=8 batch.micro=2 generation.max_new_tokens=4 steps=1",
                    MINUTES),
            reduced(
                    "train direct\\.yaml .*",
                    "model=runs/quickstart/round-1/ppo/model reward.0.models.judge=runs/quickstart/round-1/ppo/model"
                            + " batch.rollouts=4 batch.micro=2 grpo.num_generations=2 generation.max_new_tokens=4 steps=1",
                    "the model has 135 million parameters"),
            reduced(
                    "train attacker\\.yaml .*",
                    "batch.rollouts=4 batch.micro=2 grpo.num_generations=2 generation.max_new_tokens=4 steps=1"
                            + " reward.0.settings.max_new_tokens=4",
                    MINUTES),
            reduced("redteam redteam\\.yaml .* attacker=.*", "limit=1 max_new_tokens=4 variants=1", MINUTES),
            reduced(
                    "train reward model=runs/smollm2 .*",
                    "model=runs/quickstart/round-1/ppo/model data.path=my-pairs.jsonl evaluate.split=0 batch.rows=2 batch.micro=2",
                    "whether there are pairs depends on what the model answers"),
            reduced(
                    "redteam redteam\\.yaml .*judge=.*",
                    "families=[plain] hold_out=[] limit=1 max_new_tokens=4 tries=1",
                    MINUTES),
            reduced(
                    "train grpo\\.yaml .*",
                    "evaluate.split=0 batch.rollouts=4 batch.micro=2 grpo.num_generations=2 generation.max_new_tokens=4 steps=1",
                    MINUTES),
            reduced(
                    "train process-reward .*",
                    "epochs=1 batch.rows=2 batch.micro=2",
                    "twenty epochs take half a minute"),
            parsed("lab (?!stop-rule).*", "takes minutes to hours; its figures are in docs/evidence"),
            parsed("serve .*", "serves until it is ended; ServeCommandTest starts it"),
            parsed(
                    "studio( --(host|runs) \\S+)*",
                    "serves until it is ended; StudioLoopTest and attune-browser start it"));

    private static Handling reduced(String command, String more, String reason) {
        return new Handling(Pattern.compile(command), true, List.of(more.split(" ", -1)), reason);
    }

    private static Handling parsed(String command, String reason) {
        return new Handling(Pattern.compile(command), false, List.of(), reason);
    }

    /** For a command that is run as it is. */
    private static final Handling PLAIN = new Handling(Pattern.compile(".*"), true, List.of(), "");

    static Handling of(List<String> words) {
        String line = String.join(" ", words);
        return ALL.stream()
                .filter(handling -> handling.command().matcher(line).matches())
                .findFirst()
                .orElse(PLAIN);
    }

    List<String> arguments(List<String> words) {
        List<String> all = new ArrayList<>(words);
        all.addAll(more);
        return all;
    }
}
