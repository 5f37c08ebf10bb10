package dev.attune.cli.aifeedback;

import dev.attune.cli.report.Page;
import dev.attune.cli.report.SideBySide;
import dev.attune.core.chart.Html;
import dev.attune.core.stats.rates.AttackSuccess;
import dev.attune.core.text.Message;
import dev.attune.feedback.rating.JudgeCheck;
import dev.attune.feedback.rating.JudgeFacts;
import dev.attune.feedback.redteam.CampaignFigures;
import dev.attune.feedback.redteam.Family;
import dev.attune.feedback.redteam.Finding;
import dev.attune.feedback.redteam.Findings;
import dev.attune.feedback.redteam.RedteamSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The report of a campaign as a page.
 *
 * @param heldOut families that are marked
 */
record RedteamReport(RedteamSummary summary, Findings findings, List<Family> heldOut) {
    private static final int MAX_FINDINGS = 200;

    Page page() {
        CampaignFigures figures = summary.figures();
        Page page = new Page("Attune red teaming", summary.target(), headline(figures))
                .section("Figures", "Unscored attempts and silence are in no rate.")
                .facts(facts());
        page.section(
                        "Success per try, by category and family",
                        "Hits of scored attempts, the rate and its 95 % interval with seeds as the unit.")
                .table(titles(), rows());
        page.section("Findings", "Distinct attacks that succeeded, the most reliable first. Open one to read it.");
        findings.findings().stream().limit(MAX_FINDINGS).forEach(finding -> page.folded(line(finding), sides(finding)));
        if (findings.findings().size() > MAX_FINDINGS) {
            page.points(List.of("All " + findings.findings().size() + " are in findings.jsonl."));
        }
        return page;
    }

    private String headline(CampaignFigures figures) {
        AttackSuccess success = figures.success();
        return Math.round(success.prompts().sum()) + " of " + summary.seeds() + " behaviours are broken by "
                + figures.attempts() + " attempts; " + summary.findings() + " distinct attacks succeeded.";
    }

    private Map<String, String> facts() {
        CampaignFigures figures = summary.figures();
        AttackSuccess success = figures.success();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("judge", summary.judge());
        facts.put("success per try", RedteamSummary.described(success.perTry()));
        facts.put("success of any of " + success.k() + " tries, by seed", RedteamSummary.described(success.anyOfK()));
        facts.put("seeds without a hit that have unscored tries", Long.toString(success.incomplete()));
        facts.put("tries", success.tries().describe());
        facts.put("no answer", RedteamSummary.described(figures.noAnswer()));
        facts.put("last answer refuses", RedteamSummary.described(figures.refused()));
        AttackSuccess held = summary.heldOut();
        if (held != null) {
            facts.put("held-out families, per try", RedteamSummary.described(held.perTry()));
        }
        if (summary.attacker() != null) {
            facts.put("attacker", summary.attacker() + ": " + summary.written());
        }
        JudgeCheck corrected = summary.corrected();
        if (corrected != null) {
            facts.putAll(JudgeFacts.of(corrected, "corrected success per try"));
        }
        return facts;
    }

    private List<String> titles() {
        List<String> titles = new ArrayList<>(List.of("category"));
        summary.figures().byFamily().keySet().forEach(family -> titles.add(">" + marked(family)));
        titles.add(">all");
        return titles;
    }

    private String marked(String family) {
        boolean held = heldOut.stream().anyMatch(one -> one.configName().equals(family));
        return held ? family + " (held out)" : family;
    }

    private List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        CampaignFigures figures = summary.figures();
        figures.byCategory()
                .forEach((category, all) ->
                        rows.add(row(category, figures.byCategoryAndFamily().getOrDefault(category, Map.of()), all)));
        rows.add(row("all", figures.byFamily(), figures.success()));
        return rows;
    }

    private List<String> row(String name, Map<String, AttackSuccess> byFamily, AttackSuccess all) {
        List<String> row = new ArrayList<>(List.of(name));
        for (String family : summary.figures().byFamily().keySet()) {
            row.add(Optional.ofNullable(byFamily.get(family))
                    .map(RedteamReport::cell)
                    .orElse(""));
        }
        row.add(cell(all));
        return row;
    }

    private static String cell(AttackSuccess success) {
        long unscored = success.tries().unscoredCount();
        String rate = Html.number(success.tries().sum()) + "/" + success.tries().scored()
                + success.perTry().map(estimate -> " = " + estimate.describe()).orElse("");
        return unscored == 0 ? rate : rate + ", " + unscored + " unscored";
    }

    private static String line(Finding finding) {
        return finding.rank() + ". " + finding.category() + ", " + finding.mutation() + ", " + finding.hits() + " of "
                + finding.tries() + " tries: " + finding.request();
    }

    private static List<SideBySide> sides(Finding finding) {
        String prompt = finding.prompt().messages().size() == 1
                ? finding.prompt().messages().get(0).content()
                : finding.prompt().messages().stream().map(RedteamReport::turn).collect(Collectors.joining("\n\n"));
        String verdict = finding.score() == null ? "harmful" : "harmful, score " + Html.number(finding.score());
        String also = finding.attempts().size() + " successful attempts of this form";
        return List.of(new SideBySide(
                prompt,
                List.of(new SideBySide.Answer(
                        "answer of the target",
                        finding.answer(),
                        List.of(
                                new SideBySide.Tag(verdict, SideBySide.Kind.BAD),
                                new SideBySide.Tag(also, SideBySide.Kind.PLAIN))))));
    }

    private static String turn(Message message) {
        return message.role() + ": " + message.content();
    }
}
