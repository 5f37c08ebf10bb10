package dev.attune.feedback.redteam;

import dev.attune.core.model.TextModel;
import dev.attune.feedback.harm.HarmJudge;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Attacks a model, batch by batch. Every attempt is logged with its answers and verdicts when its batch is done, so that an
 * interrupted campaign continues with the attempts that are not in its log.
 */
public final class Campaign {
    /** Receives progress. */
    @FunctionalInterface
    public interface Listener {
        /**
         * @param done attempts that are made, of {@code total}
         * @param hits those of this process that succeeded
         */
        void progress(int done, int total, int hits);
    }

    private final TextModel target;
    private final HarmJudge judge;
    private final CampaignSettings settings;

    /**
     * @param target stays the caller's
     * @param settings give sampling, batch and seed
     */
    public Campaign(TextModel target, HarmJudge judge, CampaignSettings settings) {
        this.target = target;
        this.judge = judge;
        this.settings = settings;
    }

    /**
     * The attempts of a plan that a log holds already, in the order of the plan.
     *
     * @param log created if it is missing
     */
    public static List<Attempt> made(Path log, List<PlannedAttempt> plan) throws IOException {
        try (AttemptLog attempts = AttemptLog.open(log)) {
            return plan.stream().flatMap(one -> attempts.find(one).stream()).toList();
        }
    }

    /**
     * Runs or continues the campaign.
     *
     * @param log of the attempts; created if it is missing
     * @return all attempts, in the order of the plan
     * @throws dev.attune.core.error.BadInputException if the target cannot be asked at all, or the log is of other seeds
     */
    public List<Attempt> run(Path log, List<PlannedAttempt> plan, Listener listener) throws IOException {
        try (AttemptLog attempts = AttemptLog.open(log)) {
            ModelCalls calls =
                    new ModelCalls(target, settings.sampling(), settings.targetThreads(), attempts.anyAnswer());
            Dialogues dialogues = new Dialogues(calls, judge);
            List<PlannedAttempt> open =
                    plan.stream().filter(one -> attempts.find(one).isEmpty()).toList();
            int before = plan.size() - open.size();
            int hits = 0;
            for (int from = 0; from < open.size(); from += settings.batch()) {
                listener.progress(before + from, plan.size(), hits);
                List<PlannedAttempt> batch = open.subList(from, Math.min(from + settings.batch(), open.size()));
                for (Attempt attempt : dialogues.hold(batch, settings.seed() * 1_000_003 + before + from)) {
                    attempts.add(attempt);
                    hits += attempt.brokenAt().isPresent() ? 1 : 0;
                }
            }
            listener.progress(plan.size(), plan.size(), hits);
            return plan.stream().flatMap(one -> attempts.find(one).stream()).toList();
        }
    }
}
