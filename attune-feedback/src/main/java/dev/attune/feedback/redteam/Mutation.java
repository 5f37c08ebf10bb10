package dev.attune.feedback.redteam;

import java.util.List;
import java.util.SplittableRandom;

/** Turns a request into an attack. */
public interface Mutation {
    /** The name in records, such as {@code base64}. */
    String mutation();

    Family family();

    /**
     * The user's turns of an attack, at least one of them judged.
     *
     * @param request of a seed
     * @param random chooses among variants; the same state gives the same turns
     */
    List<AttackTurn> turns(String request, SplittableRandom random);
}
