package dev.attune.cli.aifeedback;

import dev.attune.cli.terminal.ProgressLine;
import dev.attune.core.data.Row;
import dev.attune.core.data.RowFiles;
import dev.attune.core.error.BadInputException;
import dev.attune.core.io.AtomicFiles;
import dev.attune.core.json.Json;
import dev.attune.core.model.TextModel;
import dev.attune.core.stats.rates.AttackSuccess;
import dev.attune.feedback.endpoint.CachedTextModel;
import dev.attune.feedback.endpoint.ModelAddress;
import dev.attune.feedback.rating.JudgeCheck;
import dev.attune.feedback.rating.JudgedAnswer;
import dev.attune.feedback.rating.RatingSample;
import dev.attune.feedback.rating.Ratings;
import dev.attune.feedback.redteam.Attacker;
import dev.attune.feedback.redteam.Attempt;
import dev.attune.feedback.redteam.Campaign;
import dev.attune.feedback.redteam.CampaignFigures;
import dev.attune.feedback.redteam.CampaignSettings;
import dev.attune.feedback.redteam.Findings;
import dev.attune.feedback.redteam.HarmPairs;
import dev.attune.feedback.redteam.PlannedAttempt;
import dev.attune.feedback.redteam.RedteamRecipe;
import dev.attune.feedback.redteam.RedteamSummary;
import dev.attune.feedback.redteam.Seed;
import dev.attune.feedback.redteam.WrittenAttack;
import dev.attune.model.conversation.ConversationOptions;
import dev.attune.model.hub.ModelLocation;
import dev.attune.model.local.LocalTextModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A recipe of {@code attune redteam} with its seeds and output directory. */
final class RedteamRun {
    private final RedteamRecipe recipe;
    private final CampaignSettings campaign;
    private final List<Seed> seeds;
    private final JobFolder out;

    private RedteamRun(RedteamRecipe recipe, List<Seed> seeds, JobFolder out) {
        this.recipe = recipe;
        this.campaign = recipe.campaign();
        this.seeds = seeds;
        this.out = out;
    }

    /** Reads everything but the models, and refuses what is wrong with it. */
    static RedteamRun open(JobArguments job) {
        RedteamRecipe recipe = RedteamRecipe.read(job.place(), job.tree());
        String ratings = recipe.ratings();
        if (ratings != null && !Files.isRegularFile(Path.of(ratings))) {
            throw BadInputException.at(
                    ratings, "no such file", "ratings of this campaign's attempts", "leave 'ratings' out at first");
        }
        return new RedteamRun(recipe, recipe.campaign().readSeeds(), new JobFolder(job.out()));
    }

    /** The job from the attacker's texts to the written results. */
    RedteamSummary run(PrintWriter err) throws IOException {
        out.begin(campaign);
        List<WrittenAttack> written = attacks(err);
        List<PlannedAttempt> plan = PlannedAttempt.all(campaign, seeds, written);
        List<Attempt> attempts = Campaign.made(out.file("attempts.jsonl"), plan);
        if (attempts.size() < plan.size()) {
            attempts = attack(plan, err);
        }
        return write(attempts, written);
    }

    private List<WrittenAttack> attacks(PrintWriter err) throws IOException {
        ModelAddress attacker = campaign.attacker();
        if (attacker == null) {
            return List.of();
        }
        err.println("the attacker writes " + campaign.variants() + " attacks for each of " + seeds.size() + " seeds");
        try (TextModel model = model(attacker, "attacker-replies.jsonl")) {
            return new Attacker(model, campaign).write(out.file("attacker.jsonl"), seeds);
        }
    }

    private List<Attempt> attack(List<PlannedAttempt> plan, PrintWriter err) throws IOException {
        try (TextModel target = model(campaign.target(), "replies.jsonl");
                OpenedHarmJudge judge = OpenedHarmJudge.of(campaign, out.file("judge-replies.jsonl"));
                ProgressLine line = ProgressLine.start(err, "attack")) {
            return new Campaign(target, judge.judge(), campaign)
                    .run(
                            out.file("attempts.jsonl"),
                            plan,
                            (done, total, hits) -> line.update(done, total, hits + " successful"));
        }
    }

    /** @param replies the file in which replies of a served model are kept */
    private TextModel model(ModelAddress address, String replies) throws IOException {
        ConversationOptions options = ConversationOptions.DEFAULT.withTemplate(campaign.template());
        TextModel model = address.open(location -> LocalTextModel.open(ModelLocation.resolve(location), options));
        return address instanceof ModelAddress.Served
                ? CachedTextModel.open(out.file(replies), address.label(), model)
                : model;
    }

    private RedteamSummary write(List<Attempt> attempts, List<WrittenAttack> written) throws IOException {
        Findings findings = Findings.of(attempts, recipe.nearDuplicate());
        List<JudgedAnswer> judged = judged(attempts);
        Ratings ratings = ratings(judged);
        RedteamSummary summary = new RedteamSummary(
                campaign.target().label(),
                campaign.judge().label(),
                campaign.attacker() == null ? null : campaign.attacker().label(),
                byKind(written),
                seeds.size(),
                CampaignFigures.of(attempts),
                heldOut(attempts),
                findings.findings().size(),
                ratings == null ? null : JudgeCheck.of(judged, ratings));
        AtomicFiles.write(out.file("findings.jsonl"), Json.lines(findings.findings()));
        RowFiles.write(out.file("prompts.jsonl"), findings.prompts(campaign.holdOut()));
        RowFiles.write(
                out.file("harm-pairs.jsonl"),
                new HarmPairs(ratings, campaign.judge().label(), campaign.holdOut()).of(attempts));
        RowFiles.write(
                out.file("attacker-prompts.jsonl"),
                seeds.stream()
                        .map(seed -> new Row.PromptRow(0, Attacker.prompt(seed), Map.of()))
                        .toList());
        if (recipe.sampleForRating() > 0) {
            AtomicFiles.write(
                    out.file("to-rate.jsonl"),
                    Json.lines(RatingSample.of(judged, recipe.sampleForRating(), campaign.seed())));
        }
        AtomicFiles.write(out.file("summary.json"), Json.pretty(summary));
        new RedteamReport(summary, findings, campaign.holdOut()).page().write(out.file("report.html"));
        return summary;
    }

    private static Map<WrittenAttack.Kind, Long> byKind(List<WrittenAttack> written) {
        return written.stream()
                .collect(Collectors.groupingBy(WrittenAttack::kind, TreeMap::new, Collectors.counting()));
    }

    private @Nullable AttackSuccess heldOut(List<Attempt> attempts) {
        return campaign.holdOut().isEmpty()
                ? null
                : CampaignFigures.success(attempts.stream()
                        .filter(attempt -> campaign.holdOut().contains(attempt.family()))
                        .toList());
    }

    private static List<JudgedAnswer> judged(List<Attempt> attempts) {
        return attempts.stream().map(Attempt::judged).toList();
    }

    private @Nullable Ratings ratings(List<JudgedAnswer> judged) {
        String ratings = recipe.ratings();
        return ratings == null ? null : Ratings.read(Path.of(ratings), judged, "this campaign's attempts");
    }
}
