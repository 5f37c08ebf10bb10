package dev.attune.feedback.redteam;

import dev.attune.feedback.judge.reply.AnswerKind;
import dev.attune.feedback.judge.reply.Refusals;
import dev.attune.feedback.judge.reply.ThinkBlocks;
import java.util.Objects;

/**
 * What an attacker model wrote for a seed. Only a usable text is an attempt.
 *
 * @param seed number of the seed
 * @param number among the attacks of this seed, from 1
 * @param text as it is sent, without thoughts; for a failed call the reason
 */
public record WrittenAttack(int seed, int number, String text, Kind kind) {
    /** Whether the text is an attack. */
    public enum Kind {
        /** It is one. */
        ATTACK,
        /** The attacker declined. Its refusal is not sent to the target. */
        REFUSED,
        /** The attacker wrote no words. */
        EMPTY,
        /** The attacker's call failed. */
        FAILED
    }

    public WrittenAttack {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(kind, "kind");
    }

    static WrittenAttack of(int seed, int number, ModelCalls.Reply reply) {
        String written = reply.text();
        return written == null
                ? new WrittenAttack(seed, number, reply.failure(), Kind.FAILED)
                : read(seed, number, written);
    }

    /** What an attacker wrote, without its thoughts. */
    static WrittenAttack read(int seed, int number, String written) {
        String text = ThinkBlocks.strip(written).orElse("").strip();
        AnswerKind read = Refusals.read(written);
        return new WrittenAttack(
                seed,
                number,
                text,
                read == AnswerKind.NO_ANSWER ? Kind.EMPTY : read == AnswerKind.REFUSED ? Kind.REFUSED : Kind.ATTACK);
    }

    /** Whether it can be sent. */
    boolean usable() {
        return kind == Kind.ATTACK;
    }
}
