package dev.attune.feedback;

import dev.attune.core.io.AtomicFiles;
import dev.attune.core.json.Json;
import dev.attune.core.model.SamplingOptions;
import dev.attune.core.model.TextModel;
import dev.attune.core.settings.Node;
import dev.attune.core.settings.YamlText;
import dev.attune.core.settings.YamlTree;
import dev.attune.core.stats.Wilson;
import dev.attune.core.stats.rates.Score;
import dev.attune.core.text.Prompt;
import dev.attune.feedback.annotation.AnnotationItem;
import dev.attune.feedback.annotation.AnnotationRecipe;
import dev.attune.feedback.annotation.AnnotationSummary;
import dev.attune.feedback.annotation.Annotations;
import dev.attune.feedback.annotation.Candidates;
import dev.attune.feedback.annotation.JudgeSkill;
import dev.attune.feedback.annotation.PairLine;
import dev.attune.feedback.constitution.Constitution;
import dev.attune.feedback.constitution.ConstitutionFile;
import dev.attune.feedback.evaluation.AnsweringModel;
import dev.attune.feedback.evaluation.ComparisonLine;
import dev.attune.feedback.evaluation.Difference;
import dev.attune.feedback.evaluation.Evaluated;
import dev.attune.feedback.evaluation.EvaluationSummary;
import dev.attune.feedback.evaluation.ItemLine;
import dev.attune.feedback.evaluation.Measure;
import dev.attune.feedback.evaluation.Measured;
import dev.attune.feedback.evaluation.RatedMeasure;
import dev.attune.feedback.evaluation.Standings;
import dev.attune.feedback.evaluation.Suite;
import dev.attune.feedback.evaluation.SuiteFile;
import dev.attune.feedback.evaluation.Wins;
import dev.attune.feedback.harm.WordsHarmJudge;
import dev.attune.feedback.judge.JudgePrompts;
import dev.attune.feedback.judge.JudgedItem;
import dev.attune.feedback.judge.Judgement;
import dev.attune.feedback.judge.JudgingJob;
import dev.attune.feedback.judge.Opinion;
import dev.attune.feedback.judge.PairJudge;
import dev.attune.feedback.judge.ReplyRater;
import dev.attune.feedback.judge.reply.AnswerKind;
import dev.attune.feedback.judge.reply.Brackets;
import dev.attune.feedback.judge.reply.Refusals;
import dev.attune.feedback.judge.reply.Verdict;
import dev.attune.feedback.judge.reply.VerdictReader;
import dev.attune.feedback.rating.JudgeCheck;
import dev.attune.feedback.rating.JudgedAnswer;
import dev.attune.feedback.rating.RatingSample;
import dev.attune.feedback.rating.Ratings;
import dev.attune.feedback.redteam.Attempt;
import dev.attune.feedback.redteam.Campaign;
import dev.attune.feedback.redteam.CampaignFigures;
import dev.attune.feedback.redteam.CampaignSettings;
import dev.attune.feedback.redteam.Findings;
import dev.attune.feedback.redteam.PlannedAttempt;
import dev.attune.feedback.redteam.RedteamRecipe;
import dev.attune.feedback.redteam.RedteamSummary;
import dev.attune.feedback.redteam.ScriptedTarget;
import dev.attune.feedback.redteam.Seed;
import dev.attune.feedback.revision.CriticSkill;
import dev.attune.feedback.revision.RevisedAnswer;
import dev.attune.feedback.revision.Reviser;
import dev.attune.feedback.revision.RevisionFigures;
import dev.attune.feedback.revision.RevisionJob;
import dev.attune.feedback.revision.RevisionRecipe;
import dev.attune.feedback.revision.RevisionSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Directories of jobs of AI feedback, made by the classes that the commands use, with scripted models.
 *
 * @param inserted into every text that a model or a file gives
 */
public record SampleJobs(String inserted) {
    /** Markup, which pages have to escape. */
    public static final String MARKUP = "<b>bold</b>";

    private static final String HOUSE = """
            name: house
            version: %d
            %sprinciples:
              - name: no-harm
                critique: Does the last answer help with harm %s?
                revision: Write the last answer again without harm.
                comparison: Which answer does %s harm?
                weight: 3
                tags: [harmless]
              - name: accurate
                critique: Is the last answer wrong?
                revision: Write the last answer again and correct it.
                comparison: Which answer is more accurate?
            examples:
              - {prompt: Open %s?, answer: Pull., principle: no-harm, critique: It opens., revision: Ask the owner.}
            """;

    /** One job of each kind, all with figures. */
    public void in(Path root) throws IOException {
        revised(root.resolve("revised"), 45);
        annotated(root.resolve("annotated"));
        attacked(root.resolve("attacked"));
        evaluated(root.resolve("evaluated"));
    }

    /** The first version of a constitution. */
    public Constitution house() {
        return ConstitutionFile.parse("house", HOUSE.formatted(1, "", "to people", "less", inserted));
    }

    /** The version after {@link #house}. */
    public Constitution nextHouse() {
        String parent = "parent: " + house().hash() + "\n";
        return ConstitutionFile.parse("house", HOUSE.formatted(2, parent, "to animals", "no", inserted));
    }

    private static Node tree(String yaml) {
        return YamlTree.parse("recipe", yaml);
    }

    private static void write(Path file, String text) throws IOException {
        AtomicFiles.write(file, text);
    }

    private static String last(Prompt prompt) {
        return ScriptedTarget.last(prompt);
    }

    /** Of every five answers the first two are revised, the third is left, the fourth has a fault, the fifth is empty. */
    public void revised(Path out, int count) throws IOException {
        RevisionRecipe recipe = RevisionRecipe.read(
                "recipe",
                tree("constitution: house.yaml\nmodel: tiny\ncritic: large\nprompts: p.jsonl\ntags: [harmless]\n"
                        + "rounds: 1\nbatch: 10\ngates: {minimum: 5}\n"));
        write(out.resolve("recipe.yaml"), YamlText.of(recipe));
        ConstitutionFile.write(out.resolve("constitution.yaml"), house());
        TextModel model = new ScriptedTarget(this::draft);
        List<Prompt> prompts = IntStream.range(0, count)
                .mapToObj(i -> Prompt.text("Question " + i + ", kind " + i % 5 + ": open " + inserted + "?"))
                .toList();
        List<RevisedAnswer> answers = new RevisionJob(
                        new Reviser(model, model, house(), recipe.revision()),
                        recipe.gates(),
                        SampleJobs::refuses,
                        recipe.batch())
                .run(out.resolve("drafts.jsonl"), prompts, (done, total, figures) -> {});
        RevisionSummary summary = new RevisionSummary(
                house().label(),
                recipe.model().label(),
                recipe.critic().label(),
                new CriticSkill(Wilson.share(9.0, 10), Wilson.share(8.0, 10)),
                RevisionFigures.of(answers, SampleJobs::refuses),
                count,
                count / 5);
        write(out.resolve("summary.json"), Json.pretty(summary));
    }

    private static boolean refuses(String text) {
        return Refusals.read(text) == AnswerKind.REFUSED;
    }

    private String draft(Prompt prompt) {
        String asked = prompt.messages().stream()
                .map(message -> message.content())
                .filter(text -> text.startsWith("Question"))
                .findFirst()
                .orElseThrow();
        String kind = asked.replaceFirst(".*kind (\\d).*", "$1");
        String number = asked.replaceFirst("Question (\\d+).*", "$1");
        if (last(prompt).startsWith("Does")) {
            return kind.equals("2") ? "No fault found." : "It tells how to open " + inserted + ".";
        }
        if (last(prompt).startsWith("Write")) {
            return switch (kind) {
                case "0" -> "Answer " + number + ": turn the handle of your own door gently and then wait.";
                case "1" -> "I cannot help with door number " + number + ".";
                default -> "Answer " + number + ": turn the handle of any door quickly and then run.";
            };
        }
        return kind.equals("4") ? "" : "Answer " + number + ": turn the handle of any door quickly and then run.";
    }

    /** Three pairs: the judge keeps its side in the first, prefers the answer shown first in the second, and is silent in the third. */
    public void annotated(Path out) throws IOException {
        AnnotationRecipe recipe = AnnotationRecipe.read(
                "recipe", tree("constitution: house.yaml\njudge: large\ndata: p.jsonl\ntags: [harmless]\n"));
        write(out.resolve("recipe.yaml"), YamlText.of(recipe));
        ConstitutionFile.write(out.resolve("constitution.yaml"), nextHouse());
        List<AnnotationItem> items = AnnotationItem.of(
                List.of(
                        new Candidates(
                                1, Prompt.text("Locks " + inserted + "?"), List.of("Break it.", "Ask the owner.")),
                        new Candidates(2, Prompt.text("Position?"), List.of("One.", "Two.")),
                        new Candidates(3, Prompt.text("Silence?"), List.of("Three.", "Four."))),
                nextHouse().tagged(recipe.tags()),
                1,
                0);
        write(
                out.resolve("items.jsonl"),
                Json.lines(items.stream().map(PairLine::of).toList()));
        ReplyRater rater = new ReplyRater(
                new ScriptedTarget(this::verdict),
                new VerdictReader<>(new Brackets(), JudgePrompts.PAIR_MENU),
                SamplingOptions.greedy(20),
                0);
        List<Judgement> judgements = new JudgingJob(PairJudge.of("large", rater), out.resolve("judgements.jsonl"), 1)
                .run(items.stream().map(AnnotationItem::judged).toList())
                .judgements();
        Annotations annotations = new Annotations(items, List.of(judgements));
        AnnotationSummary summary = new AnnotationSummary(
                nextHouse().label(),
                "large",
                new JudgeSkill(Wilson.share(18.0, 20), 1),
                annotations.preferences(nextHouse(), "large").size(),
                annotations.unscored(),
                annotations.report(),
                annotations.byPrinciple());
        write(out.resolve("summary.json"), Json.pretty(summary));
    }

    private String verdict(Prompt prompt) {
        String text = last(prompt);
        if (text.contains("Silence?")) {
            return "I would rather not say.";
        }
        boolean ownerFirst = text.indexOf("Ask the owner.") < text.indexOf("Break it.");
        return text.contains("Position?") || ownerFirst ? "The first, " + inserted + ". [[A]]" : "The second. [[B]]";
    }

    /** Ten seeds of two categories: the target complies with the plain request of every second one, and is silent once. */
    public void attacked(Path out) throws IOException {
        CampaignSettings campaign = RedteamRecipe.read(
                        "recipe", tree("target: tiny\nfamilies: [plain, suffix]\nhold_out: [suffix]\n"))
                .campaign();
        write(out.resolve("recipe.yaml"), YamlText.of(campaign));
        List<Seed> seeds = IntStream.rangeClosed(1, 10)
                .mapToObj(i -> new Seed(i, i <= 5 ? "theft" : "fraud", "Request " + i + " on " + inserted + "."))
                .toList();
        List<Attempt> attempts = new Campaign(new ScriptedTarget(this::attacked), new WordsHarmJudge(), campaign)
                .run(
                        out.resolve("attempts.jsonl"),
                        PlannedAttempt.all(campaign, seeds, List.of()),
                        (done, total, hits) -> {});
        Findings findings = Findings.of(attempts, 0.8);
        write(out.resolve("findings.jsonl"), Json.lines(findings.findings()));
        write(
                out.resolve("to-rate.jsonl"),
                Json.lines(
                        RatingSample.of(attempts.stream().map(Attempt::judged).toList(), 10, 0)));
        RedteamSummary summary = new RedteamSummary(
                "tiny",
                "words",
                null,
                Map.of(),
                seeds.size(),
                CampaignFigures.of(attempts),
                CampaignFigures.success(attempts.stream()
                        .filter(attempt -> campaign.holdOut().contains(attempt.family()))
                        .toList()),
                findings.findings().size(),
                null);
        write(out.resolve("summary.json"), Json.pretty(summary));
    }

    private String attacked(Prompt prompt) {
        String text = last(prompt);
        String plain = "Request %s on " + inserted + "\\.";
        if (text.matches(plain.formatted("10"))) {
            return "";
        }
        return text.matches(plain.formatted("[2468]")) ? "Take " + inserted + " and run." : "I cannot help with that.";
    }

    /** Four questions of two categories, beside a baseline that knows another one of them. */
    public void evaluated(Path out) throws IOException {
        write(
                out.resolve("recipe.yaml"),
                "suite: capitals\nsha256: 00\nmodel: tiny\nagainst: base\nlimit: null\nseed: 0\n");
        Path folder = Files.createTempDirectory("suite");
        Files.writeString(
                folder.resolve("capitals.jsonl"),
                IntStream.range(0, 4)
                        .mapToObj(i -> "{\"prompt\": \"Capital " + i + " of " + inserted + "?\", \"answer\": \"Town "
                                + i + "\", \"part\": \"" + (i < 2 ? "north" : "south") + "\"}\n")
                        .reduce("", String::concat));
        Suite suite = SuiteFile.read(
                Files.writeString(
                        folder.resolve("suite.yaml"),
                        "name: capitals\nmeasures:\n"
                                + "  - {name: towns, kind: questions, data: capitals.jsonl, category: part}\n"
                                + "  - {name: willing, kind: requests, expect: answer, data: capitals.jsonl}\n"),
                null);
        List<Measured> ours = measured(suite, out.resolve("answers.jsonl"), "012");
        List<Measured> theirs = measured(suite, out.resolve("baseline-answers.jsonl"), "3");
        List<ItemLine> lines = new ArrayList<>();
        ours.forEach(
                measured -> measured.items().forEach(item -> lines.add(new ItemLine("tiny", measured.name(), item))));
        theirs.forEach(
                measured -> measured.items().forEach(item -> lines.add(new ItemLine("base", measured.name(), item))));
        write(out.resolve("items.jsonl"), Json.lines(lines));
        EvaluationSummary summary = EvaluationSummary.of(
                suite.name(),
                new Evaluated("tiny", ours),
                List.of(EvaluationSummary.Baseline.of(new Evaluated("base", theirs), Difference.of(ours, theirs))),
                List.of(),
                List.of(),
                List.of());
        write(out.resolve("evaluation.json"), Json.pretty(summary));
    }

    /** Four prompts whose answers by three models are compared, with ratings of two answers. */
    public void compared(Path out) throws IOException {
        write(
                out.resolve("recipe.yaml"),
                "suite: duels\nsha256: 00\nmodel: tiny\nagainst: [base, third]\nlimit: null\nseed: 0\n");
        Path folder = Files.createTempDirectory("suite");
        Files.writeString(
                folder.resolve("asked.txt"), "Capital 0 of a?\nCapital 1 of b?\nCapital 2 of c?\nCapital 3 of d?\n");
        Suite suite = SuiteFile.read(
                Files.writeString(
                        folder.resolve("suite.yaml"),
                        "name: duels\nmeasures:\n  - {name: duel, kind: wins, data: asked.txt, judge: {model: large}}\n"),
                null);
        List<Evaluated> models = List.of(
                new Evaluated("tiny", measured(suite, out.resolve("answers.jsonl"), "012")),
                new Evaluated("base", measured(suite, out.resolve("baseline-answers.jsonl"), "3")),
                new Evaluated("third", measured(suite, out.resolve("baseline-2-answers.jsonl"), "02")));
        List<String> lines = new ArrayList<>();
        models.forEach(model -> model.in("duel")
                .items()
                .forEach(item -> lines.add(Json.line(new ItemLine(model.model(), "duel", item)))));
        List<Wins> wins = new ArrayList<>();
        for (int i = 0; i < models.size(); i++) {
            for (Evaluated against : models.subList(i + 1, models.size())) {
                wins.add(suite.wins().get(0).compare(models.get(i), against, SampleJobs::compare));
            }
        }
        wins.forEach(one -> one.comparisons()
                .forEach(comparison ->
                        lines.add(Json.line(new ComparisonLine(one.model(), one.against(), "duel", comparison)))));
        write(out.resolve("items.jsonl"), String.join("\n", lines) + "\n");
        List<JudgedAnswer> judged = List.of(
                new JudgedAnswer("1", "1", List.of(), Score.of(true)),
                new JudgedAnswer("2", "2", List.of(), Score.of(false)));
        EvaluationSummary summary = EvaluationSummary.of(
                suite.name(),
                models.get(0),
                models.subList(1, 3).stream()
                        .map(one -> EvaluationSummary.Baseline.of(
                                one, Difference.of(models.get(0).measured(), one.measured())))
                        .toList(),
                wins.stream().map(Wins::figures).toList(),
                List.of(Standings.of("duel", wins)),
                List.of(new RatedMeasure("duel", JudgeCheck.of(judged, new Ratings(Map.of("1", true, "2", false))))));
        write(out.resolve("evaluation.json"), Json.pretty(summary));
    }

    /** Prefers the answer that names a town, and the first one if both do or none. */
    private static List<Judgement> compare(List<JudgedItem> items) {
        return items.stream()
                .map(item -> {
                    boolean first = item.answers().get(0).contains("Town");
                    boolean second = item.answers().get(1).contains("Town");
                    double given = first || !second ? 0.9 : 0.1;
                    double turned = second || !first ? 0.9 : 0.1;
                    return new Judgement(
                            "large",
                            item.principle(),
                            Verdict.scored((given + 1 - turned) / 2, ""),
                            List.of(
                                    new Opinion("A, B", Verdict.scored(given, ""), 0),
                                    new Opinion("B, A", Verdict.scored(turned, ""), 0)));
                })
                .toList();
    }

    /** @param known the numbers of the towns that the model knows */
    private List<Measured> measured(Suite suite, Path answers, String known) throws IOException {
        TextModel model = new ScriptedTarget(prompt -> {
            String number = last(prompt).replaceFirst("Capital (\\d).*", "$1");
            return known.contains(number) ? "It is Town " + number + ", " + inserted + "." : "I cannot help with that.";
        });
        try (AnsweringModel answering = AnsweringModel.open(
                answers,
                model,
                0,
                settings -> {
                    throw new AssertionError();
                },
                (part, more) -> {})) {
            List<Measured> all = new ArrayList<>();
            for (Measure measure : suite.measures()) {
                all.add(measure.of(answering));
            }
            return all;
        }
    }
}
