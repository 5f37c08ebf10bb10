package dev.attune.cli.quickstart;

import java.nio.file.Path;

/** The paths of a quickstart's files. Rounds count from 1; round 0 is the base model. */
record Layout(Path out) {
    Path base() {
        return out.resolve("base");
    }

    Path round(int round) {
        return out.resolve("round-" + round);
    }

    Path rankedPrompts(int round) {
        return round(round).resolve("feedback").resolve("prompts.jsonl");
    }

    Path rankings(int round) {
        return round(round).resolve("feedback").resolve("rankings.jsonl");
    }

    /** @param set {@code all} if one reward model learns every criterion, else the criterion's name */
    Path preferences(int round, String set) {
        return round(round).resolve("feedback").resolve("preferences-" + set + ".jsonl");
    }

    Path learnedPrompts(int round) {
        return round(round).resolve("ppo-prompts.jsonl");
    }

    Path rewardRecipe(int round, String set) {
        return round(round).resolve("reward-" + set + ".yaml");
    }

    Path rewardRun(int round, String set) {
        return round(round).resolve("reward-" + set);
    }

    Path ppoRecipe(int round) {
        return round(round).resolve("ppo.yaml");
    }

    Path ppoRun(int round) {
        return round(round).resolve("ppo");
    }

    /** The model that a round ends with; before the first, the base model. */
    Path policy(int round) {
        return round == 0 ? base() : ppoRun(round).resolve("model");
    }

    Path evaluationPrompts() {
        return out.resolve("evaluation").resolve("prompts.jsonl");
    }

    Path evaluation(int round) {
        return out.resolve("evaluation").resolve(round == 0 ? "base.json" : "round-" + round + ".json");
    }

    Path evaluationCompletions(int round) {
        return out.resolve("evaluation").resolve(round == 0 ? "base.jsonl" : "round-" + round + ".jsonl");
    }

    Path costs() {
        return out.resolve("costs.jsonl");
    }

    Path report() {
        return out.resolve("report.html");
    }
}
