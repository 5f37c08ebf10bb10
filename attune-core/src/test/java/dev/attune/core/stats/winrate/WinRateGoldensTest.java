package dev.attune.core.stats.winrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.core.stats.Goldens;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.DoubleNode;

/** AlpacaEval's numbers are percentages; ours are shares. */
@Tag("shared")
class WinRateGoldensTest {
    private static final JsonNode FILE = Goldens.read("length-controlled-winrate");
    private static final double[] DIFFICULTY = Goldens.numbers(FILE.get("instruction_difficulty"));

    /** 1e-3 points, and the package's own numbers 0.03 points. */
    private static final double CONVERGED = 1e-5;

    private static final double PACKAGE = 3e-4;

    private static final Map<String, LengthModel> MODELS = Map.of(
            "length_controlled_v1", LengthModel.V1,
            "length_controlled_noreg", LengthModel.NOREG,
            "length_controlled_minimal", LengthModel.MINIMAL,
            "length_controlled_noreg_zero_difficulty", LengthModel.NOREG);

    @Test
    void rawRatesAreAlpacaEvals() {
        for (JsonNode set : FILE.get("sets")) {
            JsonNode out = set.get("outputs").get("winrate");
            RawWinRate raw = RawWinRate.of(items(set, true, false));
            Goldens.close(100 * raw.rate().asOptional().orElseThrow(), out.get("win_rate"), 1e-9, "rate");
            Goldens.close(
                    100 * raw.standardError().asOptional().orElseThrow(), out.get("standard_error"), 1e-9, "error");
            Goldens.close(
                    100 * raw.discrete().asOptional().orElseThrow(), out.get("discrete_win_rate"), 1e-9, "discrete");
            assertThat(List.of(raw.wins(), raw.losses(), raw.draws(), raw.total()))
                    .containsExactly(
                            out.get("n_wins").asLong(),
                            out.get("n_wins_base").asLong(),
                            out.get("n_draws").asLong(),
                            out.get("n_total").asLong());
        }
    }

    @Test
    void lengthControlledRatesAreThoseOfAConvergedFit() {
        int compared = 0;
        for (Map.Entry<String, JsonNode> set : FILE.get("sets").properties()) {
            for (Map.Entry<String, LengthModel> model : MODELS.entrySet()) {
                JsonNode out = set.getValue().get("outputs").get(model.getKey());
                String name = set.getKey() + " " + model.getKey();
                List<ComparedItem> items = items(set.getValue(), !name.endsWith("zero_difficulty"), false);
                LengthControlledWinRate rate = LengthControlledWinRate.of(items, model.getValue(), gamed());
                compareFit(rate.fit().orElseThrow(), out, name);
                compareEachPenalty(items, model.getValue(), out.get("converged"), name);
                assertThat(rate.isFarFromRaw())
                        .as(name)
                        .isEqualTo(Math.abs(rate.rate().asOptional().orElseThrow()
                                        - rate.raw().rate().asOptional().orElseThrow())
                                >= 0.1);
                compared++;
            }
        }
        assertThat(compared).isEqualTo(16);
    }

    private static void compareFit(LengthFit fit, JsonNode out, String name) {
        JsonNode converged = out.get("converged");
        Goldens.close(fit.c(), converged.get("C"), 1e-9 * fit.c(), name);
        Goldens.close(fit.rate(), scaled(converged.get("length_controlled_winrate")), CONVERGED, name);
        Goldens.close(fit.rate(), scaled(out.get("length_controlled_winrate")), PACKAGE, name);
        Goldens.close(fit.spread(), scaled(converged.get("lc_standard_error")), CONVERGED, name);
        JsonNode coefficients = converged.get("coefficients");
        Goldens.close(fit.length(), coefficients.get("length"), 1e-6, name);
        Goldens.close(fit.constant(), coefficients.get("constant"), 1e-6, name);
        if (coefficients.has("difficulty")) {
            Goldens.close(fit.difficulty(), coefficients.get("difficulty"), 1e-6, name);
        } else {
            assertThat(fit.difficulty()).isZero();
        }
    }

    /** The choice of C apart from the fit, and the fit at each C. */
    private static void compareEachPenalty(
            List<ComparedItem> items, LengthModel model, JsonNode converged, String name) {
        WeightedRows rows = LengthRows.of(items, model, gamed());
        PenaltyChoice choice = PenaltyChoice.of(rows);
        assertThat(choice.index()).isEqualTo(converged.get("C_index").asInt());
        for (int k = 0; k < 10; k++) {
            LengthFit fit = LengthFit.of(items, model, rows, PenaltyChoice.candidate(k));
            Goldens.close(fit.rate(), scaled(converged.get("winrate_at_each_C").get(k)), CONVERGED, name + " " + k);
            Goldens.close(choice.scores()[k], converged.get("cv_scores").get(k), 1e-9, name + " score " + k);
        }
        double[] b = SparseLogistic.fit(rows, choice.c());
        for (int i = 0; i < 5; i++) {
            double prediction = LengthFit.predictions(items, model, b)[i];
            Goldens.close(prediction, converged.get("predictions_first_5").get(i), CONVERGED, name);
        }
    }

    @Test
    void swappedModelsHaveTheSwappedRates() {
        int compared = 0;
        for (JsonNode set : FILE.get("sets")) {
            JsonNode swapped = set.get("outputs").get("swapped");
            if (swapped != null) {
                for (Map.Entry<String, JsonNode> one : swapped.properties()) {
                    LengthModel model = MODELS.getOrDefault(one.getKey(), LengthModel.MINIMAL);
                    double rate = LengthControlledWinRate.of(items(set, true, true), model, gamed())
                            .rate()
                            .asOptional()
                            .orElseThrow();
                    Goldens.close(rate, scaled(one.getValue()), PACKAGE, one.getKey());
                    double unswapped = LengthControlledWinRate.of(items(set, true, false), model, gamed())
                            .rate()
                            .asOptional()
                            .orElseThrow();
                    assertThat(Math.abs(1 - rate - unswapped) < 1e-9).isEqualTo(model != LengthModel.V1);
                    compared++;
                }
            }
        }
        assertThat(compared).isEqualTo(3);
    }

    @Test
    void degenerateItemsGiveNoMadeUpRate() {
        for (Map.Entry<String, JsonNode> one : FILE.get("degenerate").properties()) {
            List<ComparedItem> items = items(one.getValue(), true, false);
            one.getValue().get("outputs").properties().forEach(output -> {
                LengthModel model = MODELS.getOrDefault(output.getKey(), LengthModel.MINIMAL);
                LengthControlledWinRate rate = LengthControlledWinRate.of(items, model, gamed());
                compareDegenerate(one.getKey(), rate, output.getValue());
            });
        }
    }

    private static void compareDegenerate(String id, LengthControlledWinRate rate, JsonNode out) {
        if (out.has("win_rate")) {
            Goldens.close(rate.raw().rate().asOptional().orElseThrow(), scaled(out.get("win_rate")), 1e-11, id);
            Goldens.close(
                    rate.raw().standardError().asOptional().orElseThrow(),
                    scaled(out.get("standard_error")),
                    1e-11,
                    id);
        }
        if (id.equals("constant-length-difference")) {
            assertThat(rate.rate().describe()).contains("the same difference of lengths");
        } else if (id.equals("equal-lengths") || id.equals("model-is-baseline")) {
            assertThat(rate.rate()).isEqualTo(rate.raw().rate());
            assertThat(rate.notes()).containsExactly("no two lengths differ: the raw rate needs no correction");
        } else if (out.has("error")) {
            assertThat(rate.rate().describe()).isEqualTo("undefined: 5 folds need as many items with a verdict, not 4");
        } else {
            JsonNode converged = out.has("converged") ? out.get("converged") : out;
            Goldens.compare(rate.rate(), scaled(converged.get("length_controlled_winrate")), CONVERGED, id);
            if (converged.has("C")) {
                double c = rate.fit().orElseThrow().c();
                Goldens.close(c, converged.get("C"), 1e-9 * c, id);
            }
        }
    }

    private static JsonNode scaled(JsonNode percent) {
        return DoubleNode.valueOf(percent.asDouble() / 100);
    }

    private static List<GamedRow> gamed() {
        JsonNode gamed = FILE.get("gamed");
        double[] share = Goldens.numbers(gamed.get("preference_0_to_1"));
        double[] length = Goldens.numbers(gamed.get("std_delta_len"));
        return IntStream.range(0, share.length)
                .mapToObj(i -> new GamedRow(share[i], length[i], DIFFICULTY[i % DIFFICULTY.length]))
                .toList();
    }

    private static List<ComparedItem> items(JsonNode set, boolean difficult, boolean swapped) {
        JsonNode in = set.get("inputs");
        double[] index = Goldens.numbers(in.get("index"));
        double[] preference = Goldens.numbers(in.get("preference"));
        double[] first = Goldens.numbers(in.get(swapped ? "length_2" : "length_1"));
        double[] second = Goldens.numbers(in.get(swapped ? "length_1" : "length_2"));
        return IntStream.range(0, index.length)
                .mapToObj(i -> new ComparedItem(
                        swapped && preference[i] != 0 ? 3 - preference[i] : preference[i],
                        (long) first[i],
                        (long) second[i],
                        difficult ? DIFFICULTY[(int) index[i]] : 0))
                .toList();
    }
}
