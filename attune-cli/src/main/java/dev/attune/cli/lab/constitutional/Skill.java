package dev.attune.cli.lab.constitutional;

import dev.attune.core.data.Row;
import dev.attune.core.data.RowFiles;
import dev.attune.core.feedback.Preference;
import dev.attune.feedback.constitution.Constitution;
import dev.attune.feedback.constitution.Principle;
import dev.attune.feedback.judge.ContinuationLabels;
import dev.attune.feedback.judge.JudgePrompts;
import dev.attune.feedback.judge.JudgedItem;
import dev.attune.feedback.judge.Judgement;
import dev.attune.feedback.judge.LabelRater;
import dev.attune.feedback.judge.PairJudge;
import dev.attune.feedback.judge.PairReport;
import dev.attune.feedback.judge.prompt.PromptTemplate;
import dev.attune.feedback.revision.CriticSkill;
import dev.attune.feedback.revision.RevisionSettings;
import dev.attune.model.local.LocalTextModel;
import dev.attune.world.PromptKind;
import dev.attune.world.Query;
import dev.attune.world.World;
import dev.attune.world.WorldPrompt;
import dev.attune.world.WorldSplit;
import dev.attune.world.prompt.Prompts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a critic and judge can do, measured on answers of the base model to held-out requests for harm, in held-out wordings:
 * the truth of the world knows which of them help with harm.
 */
public final class Skill {
    private static final long SEED = 20_260_303;

    private static final RevisionSettings SETTINGS = new RevisionSettings(1, List.of(), 0, 64, 0, SEED);

    private final List<List<SampledAnswer>> answers;

    /**
     * Samples two answers to each prompt.
     *
     * @param base writes the answers
     * @param prompts number of requests for harm
     */
    public Skill(Path base, int prompts) {
        List<WorldPrompt> requests =
                new Prompts(World.standard()).sample(WorldSplit.HELD_OUT, PromptKind.HARMFUL, prompts, SEED);
        this.answers = SampledAnswers.of(base, requests, 2, SEED);
    }

    /** Writes the answers as items with which a recipe measures its critic. */
    public void writeCriticItems(Path file) {
        RowFiles.write(
                file,
                answers.stream()
                        .map(both -> both.get(0))
                        .map(answer -> new Row.LabelRow(0, answer.prompt(), answer.text(), answer.harmful() ? 0 : 1))
                        .toList());
    }

    /** Writes pairs of a harmless and a harmful answer with which a recipe measures its judge. */
    public void writeJudgePairs(Path file) {
        RowFiles.write(
                file,
                answers.stream()
                        .filter(both -> both.get(0).harmful() != both.get(1).harmful())
                        .map(Skill::preference)
                        .map(pair -> new Row.PreferenceRow(0, pair))
                        .toList());
    }

    private static Preference preference(List<SampledAnswer> both) {
        SampledAnswer better = both.get(both.get(0).harmful() ? 1 : 0);
        SampledAnswer worse = both.get(both.get(0).harmful() ? 0 : 1);
        return Preference.of(better.prompt(), better.text(), worse.text());
    }

    /** The critic's skill, over all kinds of harm or the held-out kind alone. */
    public CriticSkill critic(Path critic, Constitution constitution, boolean heldOutKind) {
        List<CriticSkill.Item> items = new ArrayList<>();
        for (List<SampledAnswer> both : answers) {
            SampledAnswer answer = both.get(0);
            if (!heldOutKind || ofHeldOutKind(answer)) {
                items.add(new CriticSkill.Item(answer.prompt(), answer.text(), answer.harmful(), null));
            }
        }
        try (LocalTextModel model = LocalTextModel.open(critic)) {
            return CriticSkill.measure(model, constitution, items, SETTINGS);
        }
    }

    /**
     * The judge's skill.
     *
     * @param accuracy over pairs of a harmless and a harmful answer; of equal labels one half
     * @param accuracyOfHeldOut the same for the held-out kind of harm
     * @param accuracyInOneOrder the same with a single order
     * @param turned share of pairs whose verdict turns with their order
     * @param tied mean |label - 0.5| of pairs of equal truth, of both orders together
     * @param tiedInOneOrder the same of a single order
     */
    public record JudgeFigures(
            double accuracy,
            double accuracyOfHeldOut,
            double accuracyInOneOrder,
            double turned,
            double tied,
            double tiedInOneOrder,
            int pairs,
            int ties) {}

    private record Judged(List<SampledAnswer> answers, Judgement judgement) {
        boolean tie() {
            return answers.get(0).harmful() == answers.get(1).harmful();
        }

        /** Probability that the first answer is better, from both orders. */
        double label() {
            return judgement.verdict().scoredValue().orElse(0.5);
        }

        double labelInOneOrder() {
            return judgement.opinions().get(0).verdict().scoredValue().orElse(0.5);
        }

        double right(double label) {
            return label == 0.5 ? 0.5 : label > 0.5 != answers.get(0).harmful() ? 1 : 0;
        }
    }

    /** Measures a judge under the constitution's first principle. */
    public JudgeFigures judge(Path judge, Constitution constitution) {
        Principle principle = constitution.principles().get(0);
        List<Judged> judged = new ArrayList<>();
        try (LocalTextModel model = LocalTextModel.open(judge)) {
            PairJudge pairs = PairJudge.of(
                            "judge", new LabelRater(new ContinuationLabels(model), JudgePrompts.PAIR_MENU_WITHOUT_TIE))
                    .withTemplate(new PromptTemplate(Talks.JUDGE_PROMPT));
            List<Judgement> judgements = pairs.judgeAll(
                    answers.stream().map(both -> item(both, principle)).toList(), 0);
            for (int i = 0; i < judgements.size(); i++) {
                judged.add(new Judged(answers.get(i), judgements.get(i)));
            }
        }
        return figures(judged);
    }

    private static JudgedItem item(List<SampledAnswer> both, Principle principle) {
        return JudgedItem.pair(
                "skill", both.get(0).prompt(), both.get(0).text(), both.get(1).text(), principle.comparison());
    }

    private static JudgeFigures figures(List<Judged> judged) {
        List<Judged> pairs = judged.stream().filter(one -> !one.tie()).toList();
        List<Judged> ties = judged.stream().filter(Judged::tie).toList();
        PairReport report = PairReport.of(pairs.stream().map(Judged::judgement).toList());
        return new JudgeFigures(
                accuracy(pairs, one -> true),
                accuracy(pairs, one -> ofHeldOutKind(one.answers().get(0))),
                pairs.stream()
                        .mapToDouble(one -> one.right(one.labelInOneOrder()))
                        .average()
                        .orElse(Double.NaN),
                (double) report.inconsistent() / Math.max(1, report.pairs()),
                ties.stream()
                        .mapToDouble(one -> Math.abs(one.label() - 0.5))
                        .average()
                        .orElse(Double.NaN),
                ties.stream()
                        .mapToDouble(one -> Math.abs(one.labelInOneOrder() - 0.5))
                        .average()
                        .orElse(Double.NaN),
                pairs.size(),
                ties.size());
    }

    private static double accuracy(List<Judged> pairs, Predicate<Judged> which) {
        return pairs.stream()
                .filter(which)
                .mapToDouble(one -> one.right(one.label()))
                .average()
                .orElse(Double.NaN);
    }

    private static boolean ofHeldOutKind(SampledAnswer answer) {
        return answer.asked().query() instanceof Query.HarmQuery asked
                && World.standard().heldOut(asked.harm());
    }
}
