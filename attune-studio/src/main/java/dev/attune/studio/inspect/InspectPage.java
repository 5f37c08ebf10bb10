package dev.attune.studio.inspect;

import dev.attune.core.chart.Html;
import dev.attune.core.rollout.Rollout;
import dev.attune.core.rollout.RolloutFiles;
import dev.attune.core.rollout.RolloutOutline;
import dev.attune.core.run.RolloutFolder;
import dev.attune.core.run.RunFolder;
import dev.attune.studio.page.FigureText;
import java.nio.file.Path;
import java.util.List;

/**
 * The rollouts of a step, and one of them token by token.
 *
 * @param query the request with step and rollout filled in; without listed rollouts, no rollout
 * @param steps steps with rollouts
 * @param count number of the step's rollouts
 * @param opened the rollout in full; empty if none is listed
 */
public record InspectPage(InspectQuery query, List<Integer> steps, int count, List<Line> lines, List<Opened> opened) {
    /** A rollout in the list. */
    public record Line(int index, String prompt, String score, String kl, int length, String stop, boolean fault) {}

    /** One rollout in full. */
    public record Opened(Rollout rollout, TokenMeasure measure, ColourScale scale, List<TokenCell> cells) {
        public String score() {
            return Html.number(rollout.score());
        }

        public String kl() {
            return Html.number(rollout.sequenceKl());
        }

        public String number(double value) {
            return Html.number(value);
        }

        /** The value of a colour of the scale. */
        public String level(double place) {
            return Html.number(measure.shown(place));
        }

        public boolean recorded() {
            return measure.numbers(rollout).length > 0;
        }
    }

    /** Reads the outlines of the step's rollouts, and one rollout. */
    public static InspectPage of(RunFolder run, InspectQuery query, RecentOutlines recent, TokenNames names) {
        RolloutFolder folder = RolloutFolder.of(run);
        Path file = folder.file(query.step());
        List<RolloutOutline> outlines = recent.of(file);
        List<Integer> listed = query.show().of(outlines);
        InspectQuery at = query.withStep(query.step() == null ? folder.files().lastKey() : query.step());
        Integer chosen = query.at() == null && !listed.isEmpty() ? listed.get(0) : query.at();
        return new InspectPage(
                chosen == null ? at : at.withAt(chosen),
                List.copyOf(folder.files().keySet()),
                outlines.size(),
                listed.stream().map(i -> line(i, outlines.get(i))).toList(),
                chosen == null
                        ? List.of()
                        : List.of(open(run, RolloutFiles.read(file, chosen), query.colour(), names)));
    }

    private static Line line(int index, RolloutOutline outline) {
        return new Line(
                index,
                FigureText.beginning(outline.lastMessage()),
                Html.number(outline.score()),
                Html.number(outline.sequenceKl()),
                outline.length(),
                outline.stop(),
                outline.fault() != null);
    }

    private static Opened open(RunFolder run, Rollout rollout, TokenMeasure measure, TokenNames names) {
        ColourScale scale = ColourScale.of(measure.numbers(rollout), rollout.mask());
        List<String> texts = names.of(run, rollout.tokens());
        return new Opened(rollout, measure, scale, TokenCell.of(rollout, texts, measure, scale));
    }
}
