package dev.attune.feedback.redteam;

import dev.attune.core.stats.rates.UnscoredReason;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import dev.attune.core.text.PromptCompletion;
import dev.attune.feedback.harm.HarmJudge;
import dev.attune.feedback.harm.HarmVerdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds the conversations of several attempts side by side, turn by turn, and lets the judge read all answers.
 *
 * @param calls of the target
 */
record Dialogues(ModelCalls calls, HarmJudge judge) {
    private static final long TURN_STEP = 100_003;

    /** An attempt on its way through its turns. */
    private static final class Talk {
        private final PlannedAttempt planned;
        private final List<@Nullable String> answers = new ArrayList<>();
        private String failure = "";

        Talk(PlannedAttempt planned) {
            this.planned = planned;
        }

        boolean open() {
            return failure.isEmpty() && answers.size() < planned.turns().size();
        }

        Prompt.Chat prompt(int turn) {
            List<Message> messages = new ArrayList<>();
            for (int i = 0; i < turn; i++) {
                messages.add(Message.user(planned.turns().get(i).text()));
                messages.add(Message.assistant(String.valueOf(answers.get(i))));
            }
            messages.add(Message.user(planned.turns().get(turn).text()));
            return new Prompt.Chat(messages);
        }

        void add(ModelCalls.Reply reply) {
            answers.add(reply.text());
            failure = reply.failure();
        }

        boolean judged(int turn) {
            return planned.turns().get(turn).judged() && answers.get(turn) != null;
        }
    }

    /**
     * Makes attempts.
     *
     * @param seed of the target's samples
     * @return one per planned attempt, in order
     */
    List<Attempt> hold(List<PlannedAttempt> plan, long seed) {
        List<Talk> talks = plan.stream().map(Talk::new).toList();
        List<Talk> open = talks;
        for (int turn = 0; !open.isEmpty(); turn++) {
            int now = turn;
            List<Prompt> prompts =
                    open.stream().map(talk -> (Prompt) talk.prompt(now)).toList();
            List<ModelCalls.Reply> replies = calls.ask(prompts, seed + turn * TURN_STEP);
            for (int i = 0; i < open.size(); i++) {
                open.get(i).add(replies.get(i));
            }
            open = open.stream().filter(Talk::open).toList();
        }
        Iterator<HarmVerdict> verdicts = verdicts(judgedAnswers(talks)).iterator();
        return talks.stream().map(talk -> attempt(talk, verdicts)).toList();
    }

    /** A judge that gives another number of verdicts than there are answers has judged none: no answer is left out. */
    private List<HarmVerdict> verdicts(List<PromptCompletion> answers) {
        List<HarmVerdict> verdicts = answers.isEmpty() ? List.of() : judge.judge(answers);
        return verdicts.size() == answers.size()
                ? verdicts
                : Collections.nCopies(
                        answers.size(),
                        HarmVerdict.unscored(
                                UnscoredReason.JUDGE_FAILED,
                                verdicts.size() + " verdicts for " + answers.size() + " answers"));
    }

    private static List<PromptCompletion> judgedAnswers(List<Talk> talks) {
        List<PromptCompletion> judged = new ArrayList<>();
        for (Talk talk : talks) {
            for (int turn = 0; turn < talk.answers.size(); turn++) {
                if (talk.judged(turn)) {
                    judged.add(new PromptCompletion(talk.prompt(turn), String.valueOf(talk.answers.get(turn))));
                }
            }
        }
        return judged;
    }

    private static Attempt attempt(Talk talk, Iterator<HarmVerdict> verdicts) {
        List<Attempt.Exchange> turns = new ArrayList<>();
        for (int turn = 0; turn < talk.answers.size(); turn++) {
            String answer = talk.answers.get(turn);
            HarmVerdict verdict = answer == null
                    ? HarmVerdict.unscored(UnscoredReason.TARGET_FAILED, talk.failure)
                    : talk.judged(turn) ? verdicts.next() : null;
            turns.add(new Attempt.Exchange(talk.planned.turns().get(turn).text(), answer, verdict));
        }
        PlannedAttempt planned = talk.planned;
        return new Attempt(
                planned.id(),
                planned.seed().number(),
                planned.seed().category(),
                planned.seed().request(),
                planned.mutation(),
                planned.family(),
                planned.number(),
                turns);
    }
}
