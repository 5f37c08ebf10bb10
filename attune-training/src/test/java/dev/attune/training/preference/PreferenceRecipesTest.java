package dev.attune.training.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.error.BadInputException;
import dev.attune.training.cpo.CpoRecipe;
import dev.attune.training.dpo.DpoRecipe;
import dev.attune.training.dpo.DpoSettings;
import dev.attune.training.kto.KtoRecipe;
import dev.attune.training.kto.KtoSettings;
import dev.attune.training.losses.DpoLoss;
import dev.attune.training.method.RecipeFile;
import dev.attune.training.method.RecipeReader;
import dev.attune.training.method.RecipeWriter;
import dev.attune.training.orpo.OrpoRecipe;
import dev.attune.training.recipe.BatchSettings;
import dev.attune.training.recipe.Recipe;
import dev.attune.training.recipe.Schedule;
import dev.attune.training.simpo.SimpoRecipe;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreferenceRecipesTest {
    private static final String REST = "\nmodel: m\ndata: {path: p.jsonl}\n";

    private static Recipe read(String method, String more) {
        return ((RecipeFile.Single) RecipeReader.parse("r.yaml", "method: " + method + REST + more, Map.of())).recipe();
    }

    private static Recipe written(Recipe recipe) {
        return ((RecipeFile.Single) RecipeReader.parse("w.yaml", RecipeWriter.yaml(recipe), Map.of())).recipe();
    }

    @Test
    void defaultsAreThoseOfTrl() {
        DpoRecipe dpo = (DpoRecipe) read("dpo", "");
        assertThat(dpo.dpo()).isEqualTo(DpoSettings.DEFAULT);
        assertThat(dpo.dpo().beta()).isEqualTo(0.1);
        assertThat(dpo.reference()).isEqualTo("m");
        assertThat(dpo.optimizer().learningRate()).isEqualTo(1e-6);
        assertThat(dpo.optimizer().schedule()).isEqualTo(Schedule.Shape.LINEAR);
        assertThat(dpo.batch()).isEqualTo(new BatchSettings(8, 16));
        KtoRecipe kto = (KtoRecipe) read("kto", "");
        assertThat(kto.kto()).isEqualTo(KtoSettings.DEFAULT);
        assertThat(kto.batch()).isEqualTo(new BatchSettings(8, 8));
        assertThat(((CpoRecipe) read("cpo", "")).cpo().alpha()).isEqualTo(1);
        assertThat(((OrpoRecipe) read("orpo", "")).loss().promptLearned()).isTrue();
        assertThat(((SimpoRecipe) read("simpo", "")).reference()).isNull();
    }

    @Test
    void recipesAreWrittenCompletely() {
        Recipe lists = read("dpo", "reference: r\ndpo: {loss: [sigmoid, sft], weights: [0.8, 0.2], beta: 0.3}\n");
        assertThat(((DpoRecipe) lists).dpo())
                .isEqualTo(DpoSettings.DEFAULT
                        .withLoss(DpoLoss.SIGMOID, DpoLoss.SFT)
                        .withWeights(List.of(0.8, 0.2))
                        .withBeta(0.3));
        Recipe robust = read("dpo", "dpo: {loss: robust, label_smoothing: 0.1}\n");
        for (Recipe recipe : List.of(
                lists,
                robust,
                read("dpo", "dpo: {loss: sft}\n"),
                read("kto", "kto: {loss: apo_zero_unpaired}\nbatch: {micro: 1}\n"),
                read("orpo", ""),
                read("simpo", "simpo: {gamma: 0.5}\n"),
                read("cpo", ""))) {
            assertThat(written(recipe)).isEqualTo(recipe);
        }
        assertThat(((DpoRecipe) read("dpo", "dpo: {loss: sft}\n")).reference()).isNull();
    }

    /** Every loss name is handed on: a recipe with it trains that loss. */
    @Test
    void everyLossIsHandedOn() {
        for (DpoLoss loss : DpoLoss.values()) {
            DpoRecipe recipe =
                    (DpoRecipe) read("dpo", "dpo: {loss: " + loss.configName() + ", label_smoothing: 0.001}\n");
            assertThat(recipe.loss().objective().parts())
                    .extracting(part -> part.loss())
                    .containsExactly(loss);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dpo|dpo: {beta: 0}|dpo.beta",
                "dpo|dpo: {loss: robust, label_smoothing: 0.5}|below 0.5",
                "dpo|dpo: {loss: exo_pair}|above 0 with dpo.loss: exo_pair",
                "dpo|dpo: {loss: sigmoidal}|sigmoid, cdpo, robust",
                "dpo|dpo: {loss: [sigmoid, sft], weights: [1]}|a weight for each of the 2 losses",
                "dpo|dpo: {loss: [sigmoid], weights: [0]}|nothing is learned",
                "dpo|dpo: {loss: [sigmoid], weights: [-1]}|dpo.weights",
                "dpo|reference: r; dpo: {loss: sft}|no loss of dpo.loss has a reference",
                "orpo|reference: r|orpo has no reference",
                "simpo|reference: r|simpo has no reference",
                "cpo|reference: r|cpo has no reference",
                "kto|batch: {rows: 8, micro: 1}|completion of another row",
                "kto|batch: {rows: 8, micro: 3}|a divisor of batch.rows",
                "kto|kto: {beta: 0}|kto.beta",
                "kto|kto: {desirable_weight: 0, undesirable_weight: 0}|one weight above 0",
                "kto|kto: {loss: kto2}|kto or apo_zero_unpaired"
            })
    void settingsThatTeachNothingAreRefused(String method, String more, String expected) {
        assertThatThrownBy(() -> read(method, more.replace("; ", "\n") + "\n"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(expected)
                .hasMessageStartingWith("r.yaml:4:");
    }

    @Test
    void aFreshModelCannotStart() {
        String text = "method: dpo\nmodel: {vocabulary: 264, width: 16, mlp: 24, layers: 1, heads: 2, context: 32}\n"
                + "data: {path: p.jsonl}\n";
        assertThatThrownBy(() -> RecipeReader.parse("r.yaml", text, Map.of()))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("train it with method sft first");
    }
}
