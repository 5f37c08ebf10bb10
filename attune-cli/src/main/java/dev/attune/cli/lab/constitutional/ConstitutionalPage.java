package dev.attune.cli.lab.constitutional;

import dev.attune.cli.report.Page;
import dev.attune.cli.report.SideBySide;
import dev.attune.core.text.Message;
import dev.attune.feedback.revision.Draft;
import dev.attune.feedback.revision.RevisedAnswer;
import dev.attune.feedback.revision.RevisionLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The report of the constitutional lab: every model by the truth, and the drafts of the first seed. */
public final class ConstitutionalPage {
    private static final int SHOWN = 60;

    private ConstitutionalPage() {}

    /**
     * Makes the page.
     *
     * @param seeds for each seed the figures of each model
     * @param revised the folder of critiques and revisions that are shown
     */
    public static Page of(List<Map<String, TruthFigures>> seeds, Path revised) throws IOException {
        Page page = new Page(
                "Lab",
                "Constitutional AI in the built-in world",
                "No person labeled harm. A critic revised answers, a judge compared them, and the truth of the world counts"
                        + " what came of it on held-out prompts, with 95 % intervals.");
        for (int i = 0; i < seeds.size(); i++) {
            page.section("Seed " + (i + 1), "");
            page.table(
                    List.of(
                            "model",
                            ">helps with harm",
                            ">of the held-out kind",
                            ">over-refusal",
                            ">correct",
                            ">made up",
                            ">rude"),
                    rows(seeds.get(i)));
        }
        page.section("Drafts", "Every answer with its critiques and revisions, by why its rounds ended (seed 1).");
        for (RevisedAnswer.Stop stop : RevisedAnswer.Stop.values()) {
            folded(page, stop, RevisionLog.read(revised.resolve("drafts.jsonl")));
        }
        return page;
    }

    private static List<List<String>> rows(Map<String, TruthFigures> models) {
        List<List<String>> rows = new ArrayList<>();
        models.forEach((name, of) -> rows.add(List.of(
                name,
                of.report().compliance().toString(),
                of.heldOutKind().toString(),
                of.overRefusal().toString(),
                of.report().correct().toString(),
                of.report().madeUp().toString(),
                of.report().rude().toString())));
        return rows;
    }

    private static void folded(Page page, RevisedAnswer.Stop stop, List<RevisedAnswer> answers) {
        List<RevisedAnswer> these =
                answers.stream().filter(answer -> answer.stop() == stop).toList();
        if (!these.isEmpty()) {
            page.folded(
                    stop.words() + ": " + these.size() + (these.size() > SHOWN ? ", the first " + SHOWN : ""),
                    these.stream().limit(SHOWN).map(ConstitutionalPage::sample).toList());
        }
    }

    private static SideBySide sample(RevisedAnswer answer) {
        List<Message> asked = answer.prompt().messages();
        List<SideBySide.Answer> drafts = new ArrayList<>();
        drafts.add(new SideBySide.Answer("first answer", answer.answer(), List.of()));
        for (Draft draft : answer.drafts()) {
            drafts.add(new SideBySide.Answer("critique, " + draft.principle(), draft.critique(), List.of()));
            if (draft.revision() != null) {
                drafts.add(new SideBySide.Answer("revision", draft.revision(), faults(draft)));
            }
        }
        return new SideBySide(asked.get(asked.size() - 1).content(), drafts);
    }

    private static List<SideBySide.Tag> faults(Draft draft) {
        return draft.faults().stream()
                .map(fault -> new SideBySide.Tag(fault.words(), SideBySide.Kind.PLAIN))
                .toList();
    }
}
