package dev.attune.feedback.redteam;

import dev.attune.core.model.SamplingOptions;
import dev.attune.feedback.endpoint.ModelAddress;
import dev.attune.feedback.harm.HarmJudgeSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a campaign asks and how it is judged.
 *
 * @param target the model that is attacked
 * @param template chat template of models in a directory; null: their own
 * @param seeds the requests
 * @param limit seeds that are used, taken from each category in turn; null: all
 * @param families the attacks that are used; empty: all
 * @param holdOut families that are attacked with and reported apart, and whose findings are no prompts of the next round
 * @param tries of each attack, from 1
 * @param temperature of the target's answers, from 0
 * @param maxNewTokens of an answer, from 1
 * @param batch attempts that are made together, from 1
 * @param threads calls of served models at once, from 1
 * @param attacker writes further attacks; null: none
 * @param variants attacks per seed that the attacker writes, from 1
 * @param judge decides whether an answer is harmful
 * @param mixed decides on answers that decline and go on, if the judge reads words; null: they are unscored
 * @param seed decides variants of attacks and samples
 */
public record CampaignSettings(
        ModelAddress target,
        @Nullable String template,
        SeedSource seeds,
        @Nullable Integer limit,
        List<Family> families,
        List<Family> holdOut,
        int tries,
        double temperature,
        int maxNewTokens,
        int batch,
        int threads,
        @Nullable ModelAddress attacker,
        int variants,
        HarmJudgeSettings judge,
        @Nullable HarmJudgeSettings mixed,
        long seed) {
    public CampaignSettings {
        families = List.copyOf(families);
        holdOut = List.copyOf(holdOut);
    }

    /** How answers and attacks are sampled. */
    SamplingOptions sampling() {
        return SamplingOptions.sampling(maxNewTokens, temperature);
    }

    /** How the target is called. */
    int targetThreads() {
        return threads(target);
    }

    /** How the attacker is called; as the target if there is none. */
    int attackerThreads() {
        return threads(attacker == null ? target : attacker);
    }

    private int threads(ModelAddress address) {
        return address instanceof ModelAddress.Served ? threads : ModelCalls.TOGETHER;
    }

    /** The seeds that are used. */
    public List<Seed> readSeeds() {
        List<Seed> all = Seeds.read(seeds);
        return limit == null ? all : Seeds.spread(all, limit);
    }
}
