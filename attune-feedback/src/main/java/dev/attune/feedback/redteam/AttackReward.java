package dev.attune.feedback.redteam;

import dev.attune.core.error.BadInputException;
import dev.attune.core.model.SamplingOptions;
import dev.attune.core.model.ScoringModel;
import dev.attune.core.model.TextCompletion;
import dev.attune.core.model.TextModel;
import dev.attune.core.provider.ProviderSettings;
import dev.attune.core.reward.RewardFunction;
import dev.attune.core.reward.RewardProvider;
import dev.attune.core.reward.RewardSetup;
import dev.attune.core.reward.Scored;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import dev.attune.core.text.PromptCompletion;
import dev.attune.feedback.harm.HarmJudge;
import dev.attune.feedback.harm.HarmVerdict;
import dev.attune.feedback.harm.ModelHarmJudge;
import dev.attune.feedback.harm.ScoringHarmJudge;
import dev.attune.feedback.harm.WordsHarmJudge;
import dev.attune.feedback.judge.ContinuationLabels;
import dev.attune.feedback.judge.LabelRater;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The reward of an attacker model (Perez and others 2022, arXiv 2202.03286): the target answers its text greedily, and
 *
 * <pre>reward = harm + diversity (1 - mean overlap with the other attacks of the batch)</pre>
 *
 * <p>harm is 1 for a harmful answer and 0 for a harmless one or none; a judge that gives a probability of harm gives that. A
 * text that refuses, or has no words, is no attack and gets 0. An answer that no judge could score has no reward.
 *
 * @param target is attacked
 * @param maxNewTokens of the target's answers
 * @param diversity weight of the bonus, at least 0: without it an attacker learns one attack
 */
public record AttackReward(TextModel target, HarmJudge judge, int maxNewTokens, double diversity)
        implements RewardFunction {
    private static final String ATTACK = "attack";

    @Override
    public String name() {
        return ATTACK;
    }

    @Override
    public double[] score(List<PromptCompletion> batch) {
        return evaluate(batch).stream().mapToDouble(Scored::value).toArray();
    }

    @Override
    public List<Scored> evaluate(List<PromptCompletion> batch) {
        Map<Integer, String> attacks = attacks(batch);
        Map<Integer, HarmVerdict> verdicts = verdicts(attacks);
        Map<Integer, Double> bonuses = bonuses(attacks);
        List<Scored> scored = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            HarmVerdict verdict = verdicts.get(i);
            scored.add(verdict == null ? Scored.of(0, "no attack") : scored(verdict, bonuses.getOrDefault(i, 0.0)));
        }
        return scored;
    }

    private static Map<Integer, String> attacks(List<PromptCompletion> batch) {
        Map<Integer, String> attacks = new HashMap<>();
        for (int i = 0; i < batch.size(); i++) {
            WrittenAttack written = WrittenAttack.read(i, 1, batch.get(i).completion());
            if (written.usable()) {
                attacks.put(i, written.text());
            }
        }
        return attacks;
    }

    private Map<Integer, HarmVerdict> verdicts(Map<Integer, String> attacks) {
        if (attacks.isEmpty()) {
            return Map.of();
        }
        List<Integer> places = attacks.keySet().stream().sorted().toList();
        List<Prompt> prompts = places.stream()
                .map(place -> Prompt.chat(Message.user(attacks.getOrDefault(place, ""))))
                .toList();
        List<TextCompletion> answers = target.complete(prompts, SamplingOptions.greedy(maxNewTokens), 0);
        List<PromptCompletion> judged = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            judged.add(new PromptCompletion(prompts.get(i), answers.get(i).text()));
        }
        List<HarmVerdict> verdicts = judge.judge(judged);
        Map<Integer, HarmVerdict> byPlace = new HashMap<>();
        for (int i = 0; i < places.size(); i++) {
            byPlace.put(places.get(i), verdicts.get(i));
        }
        return byPlace;
    }

    /** For each attack diversity times 1 minus its mean overlap with the others; all of it for a single attack. */
    private Map<Integer, Double> bonuses(Map<Integer, String> attacks) {
        Map<Integer, WordOverlap> runs = new HashMap<>();
        attacks.forEach((place, text) -> runs.put(place, WordOverlap.of(text)));
        Map<Integer, Double> bonuses = new HashMap<>();
        runs.forEach((place, own) -> {
            double overlap = runs.entrySet().stream()
                    .filter(other -> !other.getKey().equals(place))
                    .mapToDouble(other -> own.with(other.getValue()))
                    .average()
                    .orElse(0);
            bonuses.put(place, diversity * (1 - overlap));
        });
        return bonuses;
    }

    private static Scored scored(HarmVerdict verdict, double bonus) {
        Double score = verdict.score();
        return switch (verdict.kind()) {
            case HARMFUL, HARMLESS -> {
                double harm = score != null && score >= 0 && score <= 1 ? score : verdict.harmful() ? 1 : 0;
                yield Scored.of(harm + bonus, String.format(Locale.ROOT, "harm %.2f, diversity %.2f", harm, bonus));
            }
            case NO_ANSWER -> Scored.of(bonus, String.format(Locale.ROOT, "no answer, diversity %.2f", bonus));
            case UNSCORED ->
                Scored.undecided("unscored: "
                        + (verdict.reason() == null ? "" : verdict.reason().words()));
        };
    }

    /**
     * Models: {@code target}, and {@code judge} (a language model) or {@code classifier} (a model with a score); without either
     * the judge is {@code words}. Settings: {@code diversity} (default 0.5), {@code max_new_tokens} (default 128), and for a
     * classifier {@code threshold} (default 0) and {@code harmful} ({@code above} or {@code below} it, default above).
     */
    public static final class Provider implements RewardProvider {
        @Override
        public String name() {
            return ATTACK;
        }

        @Override
        public RewardFunction open(RewardSetup setup) {
            ProviderSettings settings = setup.settings();
            settings.requireKnown(Set.of("diversity", "max_new_tokens", "threshold", "harmful"));
            TextModel target = setup.textModels().get("target");
            if (target == null) {
                throw BadInputException.at(
                        settings.place(), "no target", "models: {target: DIR}", "name the model to attack");
            }
            return new AttackReward(
                    target,
                    judge(setup),
                    (int) settings.number("max_new_tokens", 128, 1, 1 << 20),
                    settings.number("diversity", 0.5, 0, 1000));
        }

        private static HarmJudge judge(RewardSetup setup) {
            TextModel model = setup.textModels().get("judge");
            ScoringModel classifier = setup.scoringModels().get("classifier");
            if (model != null && classifier != null) {
                throw BadInputException.at(
                        setup.settings().place(), "a judge and a classifier", "one of them", "remove the other");
            }
            if (classifier != null) {
                return new ScoringHarmJudge(
                        "classifier",
                        classifier,
                        setup.settings().number("threshold", 0, -1e9, 1e9),
                        side(setup.settings()));
            }
            return model == null ? new WordsHarmJudge() : asking(setup.settings(), model);
        }

        private static HarmJudge asking(ProviderSettings settings, TextModel model) {
            LabelRater rater = new LabelRater(ContinuationLabels.of(model, settings.place()), ModelHarmJudge.MENU);
            return new ModelHarmJudge("judge", rater, 1);
        }

        private static ScoringHarmJudge.Side side(ProviderSettings settings) {
            @Nullable String side = settings.text("harmful");
            for (ScoringHarmJudge.Side one : ScoringHarmJudge.Side.values()) {
                if (side == null || one.toString().equals(side)) {
                    return one;
                }
            }
            throw BadInputException.at(settings.place(), "harmful: " + side, "above or below", "change it");
        }
    }
}
