package dev.attune.core.stats.winrate;

import dev.attune.core.error.BadInputException;
import dev.attune.core.stats.Figure;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The win rate that a model would have if its answers were as long as the baseline's, by the regression of AlpacaEval 2
 * (Dubois and others 2024).
 *
 * @param raw the rate without the correction
 * @param rate the corrected share; undefined if the data do not determine it
 * @param fit behind the rate; empty if the rate is undefined or needs no correction
 * @param notes on the rate, a line each
 */
public record LengthControlledWinRate(RawWinRate raw, Figure rate, Optional<LengthFit> fit, List<String> notes) {
    /** A corrected rate at least this far from the raw one is noted. */
    public static final double FAR = 0.1;

    /** The rate from the items alone, by {@link LengthModel#MINIMAL} or {@link LengthModel#NOREG}. */
    public static LengthControlledWinRate of(List<ComparedItem> items, LengthModel model) {
        return of(items, model, List.of());
    }

    /**
     * The rate.
     *
     * @param gamed the gamed rows of {@link LengthModel#V1}, which refuses to do without
     */
    public static LengthControlledWinRate of(List<ComparedItem> items, LengthModel model, List<GamedRow> gamed) {
        if (model == LengthModel.V1 && gamed.isEmpty()) {
            throw BadInputException.at(
                    "the length model v1", "no gamed rows", "those of the baseline", "use the model minimal");
        }
        RawWinRate raw = RawWinRate.of(items);
        if (raw.total() > 0 && items.stream().allMatch(item -> item.lengthDifference() == 0)) {
            return new LengthControlledWinRate(
                    raw,
                    raw.rate(),
                    Optional.empty(),
                    List.of("no two lengths differ: the raw rate needs no correction"));
        }
        String fault = fault(items, model, gamed, raw);
        if (!fault.isEmpty()) {
            return new LengthControlledWinRate(raw, Figure.undefined(fault), Optional.empty(), List.of());
        }
        WeightedRows rows = LengthRows.of(items, model, gamed);
        LengthFit fit = LengthFit.of(items, model, rows, PenaltyChoice.of(rows).c());
        return new LengthControlledWinRate(raw, Figure.of(fit.rate()), Optional.of(fit), notes(raw, fit));
    }

    /** Whether the corrected rate is far from the raw one, so that length decides much of the raw rate. */
    public boolean isFarFromRaw() {
        return fit.isPresent() && isFar(raw, fit.get());
    }

    private static boolean isFar(RawWinRate raw, LengthFit fit) {
        return Math.abs(fit.rate() - raw.rate().asOptional().orElseThrow()) >= FAR;
    }

    private static String fault(List<ComparedItem> items, LengthModel model, List<GamedRow> gamed, RawWinRate raw) {
        if (raw.total() == 0) {
            return "no item has a verdict";
        }
        if (LengthRows.deviation(items) == 0) {
            return "all items have the same difference of lengths, which cannot be told apart from quality";
        }
        long rows = raw.total() + (model == LengthModel.V1 ? gamed.size() : 0);
        return rows < PenaltyChoice.FOLDS
                ? PenaltyChoice.FOLDS + " folds need as many items with a verdict, not " + rows
                : "";
    }

    private static List<String> notes(RawWinRate raw, LengthFit fit) {
        return isFar(raw, fit)
                ? List.of(String.format(
                        Locale.ROOT,
                        "the length-controlled rate %.3f is far from the raw rate %.3f: %s answers are preferred",
                        fit.rate(),
                        raw.rate().asOptional().orElseThrow(),
                        fit.length() < 0 ? "longer" : "shorter"))
                : List.of();
    }
}
