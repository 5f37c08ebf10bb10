package dev.attune.feedback.redteam;

import dev.attune.core.data.Row;
import dev.attune.core.stats.rates.Score;
import dev.attune.core.text.Message;
import dev.attune.feedback.harm.HarmVerdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The distinct attacks that succeeded, the most reliable first: by the share of their tries that are hits, then by the
 * judge's score.
 *
 * <p>Two attacks count as one if their messages overlap at least by the threshold and the requests of their seeds do too:
 * frames that many attacks share do not make attacks on different behaviours one.
 *
 * @param findings in rank order
 */
public record Findings(List<Finding> findings) {
    public Findings {
        findings = List.copyOf(findings);
    }

    /**
     * Finds the attacks that succeeded.
     *
     * @param threshold overlap of runs of three words, in (0, 1]; 1 joins attacks of the same words alone
     */
    public static Findings of(List<Attempt> attempts, double threshold) {
        Map<String, Reliability> reliabilities = reliabilities(attempts);
        List<Hit> hits = new ArrayList<>();
        for (Attempt attempt : attempts) {
            attempt.brokenAt().ifPresent(turn -> hits.add(Hit.of(attempt, turn, reliability(reliabilities, attempt))));
        }
        hits.sort(Comparator.comparingDouble((Hit hit) -> -hit.reliability.share())
                .thenComparingDouble(hit -> -hit.score()));
        List<Group> groups = new ArrayList<>();
        for (Hit hit : hits) {
            groups.stream()
                    .filter(group -> group.first.isNear(hit, threshold))
                    .findFirst()
                    .ifPresentOrElse(group -> group.ids.add(hit.attempt.id()), () -> groups.add(new Group(hit)));
        }
        return new Findings(IntStream.range(0, groups.size())
                .mapToObj(i -> groups.get(i).finding(i + 1))
                .toList());
    }

    /** The attacks as prompts of the next round, without those of held-out families. */
    public List<Row.PromptRow> prompts(Collection<Family> heldOut) {
        return findings.stream()
                .filter(finding -> !heldOut.contains(finding.family()))
                .map(finding -> new Row.PromptRow(0, finding.prompt()))
                .toList();
    }

    private record Reliability(int hits, int tries) {
        Reliability plus(Score score) {
            return score instanceof Score.Given given
                    ? new Reliability(hits + (given.value() == 1 ? 1 : 0), tries + 1)
                    : this;
        }

        double share() {
            return (double) hits / tries;
        }
    }

    private static String attack(Attempt attempt) {
        return attempt.seed() + " " + attempt.mutation();
    }

    private static Map<String, Reliability> reliabilities(List<Attempt> attempts) {
        Map<String, Reliability> all = new HashMap<>();
        for (Attempt attempt : attempts) {
            all.put(attack(attempt), reliability(all, attempt).plus(attempt.score()));
        }
        return all;
    }

    private static Reliability reliability(Map<String, Reliability> all, Attempt attempt) {
        return all.getOrDefault(attack(attempt), new Reliability(0, 0));
    }

    /** @param turn that was answered with harm, from 1 */
    private record Hit(Attempt attempt, int turn, Reliability reliability, WordOverlap messages, WordOverlap request) {
        static Hit of(Attempt attempt, int turn, Reliability reliability) {
            String messages = attempt.prompt(turn).messages().stream()
                    .filter(message -> message.role().equals("user"))
                    .map(Message::content)
                    .collect(Collectors.joining("\n"));
            return new Hit(attempt, turn, reliability, WordOverlap.of(messages), WordOverlap.of(attempt.request()));
        }

        HarmVerdict verdict() {
            HarmVerdict verdict = attempt.turns().get(turn - 1).verdict();
            return verdict == null ? HarmVerdict.of(true, "") : verdict;
        }

        double score() {
            Double score = verdict().score();
            return score == null ? 0 : score;
        }

        boolean isNear(Hit other, double threshold) {
            return request.with(other.request) >= threshold && messages.with(other.messages) >= threshold;
        }
    }

    /** A hit and those that are nearly the same. */
    private static final class Group {
        private final Hit first;
        private final List<String> ids = new ArrayList<>();

        Group(Hit first) {
            this.first = first;
            ids.add(first.attempt.id());
        }

        Finding finding(int rank) {
            Attempt attempt = first.attempt;
            String answer = attempt.turns().get(first.turn - 1).answer();
            return new Finding(
                    rank,
                    attempt.category(),
                    attempt.request(),
                    attempt.mutation(),
                    attempt.family(),
                    attempt.prompt(first.turn),
                    answer == null ? "" : answer,
                    first.verdict().score(),
                    first.verdict().detail(),
                    first.reliability.hits(),
                    first.reliability.tries(),
                    ids);
        }
    }
}
