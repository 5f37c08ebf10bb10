package dev.attune.feedback.redteam;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * An attempt that is to be made.
 *
 * @param id seed, mutation and number of the try: {@code 12:role_play:0}
 * @param number of the try, from 0
 * @param turns that are sent one after the other
 */
public record PlannedAttempt(String id, Seed seed, String mutation, Family family, int number, List<AttackTurn> turns) {
    public PlannedAttempt {
        turns = List.copyOf(turns);
    }

    /**
     * All attempts of a campaign: for each seed each mutation and each of the attacker's texts, each {@code tries} times. An
     * attempt depends on the seeds, its own mutation and number, and the random seed, not on other attempts.
     *
     * @param attacks that an attacker wrote; empty if there is none
     */
    public static List<PlannedAttempt> all(CampaignSettings settings, List<Seed> seeds, List<WrittenAttack> attacks) {
        List<PlannedAttempt> plan = new ArrayList<>();
        List<Mutation> mutations = Mutations.of(settings.families());
        for (Seed seed : seeds) {
            for (Mutation mutation : mutations) {
                for (int number = 0; number < settings.tries(); number++) {
                    SplittableRandom random = random(settings.seed(), seed, mutation.mutation(), number);
                    List<AttackTurn> turns = mutation.turns(seed.request(), random);
                    plan.add(of(seed, mutation.mutation(), mutation.family(), number, turns));
                }
            }
            attacks.stream()
                    .filter(attack -> attack.seed() == seed.number() && attack.usable())
                    .forEach(attack -> add(plan, seed, attack, settings.tries()));
        }
        return List.copyOf(plan);
    }

    private static void add(List<PlannedAttempt> plan, Seed seed, WrittenAttack attack, int tries) {
        List<AttackTurn> turns = List.of(AttackTurn.asking(attack.text()));
        for (int number = 0; number < tries; number++) {
            plan.add(of(seed, "attacker_" + attack.number(), Family.ATTACKER, number, turns));
        }
    }

    private static PlannedAttempt of(Seed seed, String mutation, Family family, int number, List<AttackTurn> turns) {
        return new PlannedAttempt(seed.number() + ":" + mutation + ":" + number, seed, mutation, family, number, turns);
    }

    private static SplittableRandom random(long seed, Seed of, String mutation, int number) {
        return new SplittableRandom(31 * (31 * (31 * seed + of.number()) + mutation.hashCode()) + number);
    }
}
