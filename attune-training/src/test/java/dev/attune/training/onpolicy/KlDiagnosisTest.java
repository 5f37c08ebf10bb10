package dev.attune.training.onpolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.error.RunFailedException;
import dev.attune.core.model.TextCompletion;
import dev.attune.core.text.Prompt;
import dev.attune.model.generation.Generated;
import java.util.List;
import org.junit.jupiter.api.Test;

class KlDiagnosisTest {
    @Test
    void sumsOverTokensAndAveragesOverSequences() {
        KlDiagnosis diagnosis =
                new KlDiagnosis(List.of(episode(new float[] {0.5f, 0.25f}), episode(new float[] {-0.25f})));
        assertThat(diagnosis.mean).isCloseTo(0.25, within(1e-6));
        assertThat(diagnosis.minimum).isCloseTo(-0.25, within(1e-6));
        assertThat(diagnosis.negativeShare).isCloseTo(1.0 / 3, within(1e-9));
        assertThat(diagnosis.warnings(2, true, false)).isEmpty();
    }

    @Test
    void aClearlyNegativeKlIsDiagnosed() {
        KlDiagnosis diagnosis = new KlDiagnosis(
                List.of(episode(new float[] {-1}), episode(new float[] {-1.1f}), episode(new float[] {-0.9f})));
        assertThat(diagnosis.warnings(3, true, true).get(0))
                .startsWith("the mean sequence KL is -1.000 nats")
                .contains("sampling filters");
        assertThat(diagnosis.warnings(3, true, false).get(0)).contains("another temperature");
    }

    @Test
    void equalWeightsMustAgreeOnEveryToken() {
        new KlDiagnosis(List.of(episode(new float[] {0.00005f, -0.00005f}))).requireZero(1);
        assertThatThrownBy(() -> new KlDiagnosis(List.of(episode(new float[] {0.01f}))).requireZero(1))
                .isInstanceOf(RunFailedException.class)
                .hasMessageContaining("policy and reference have the same weights");
    }

    private static Episode episode(float[] logRatios) {
        int[] tokens = new int[logRatios.length];
        Generated generated = new Generated(new int[] {5}, tokens, logRatios, TextCompletion.StopReason.END_TOKEN);
        Episode episode = new Episode(Prompt.text("b"), "", Transcript.of(generated));
        episode.logProbabilities = logRatios;
        episode.referenceLogProbabilities = new float[logRatios.length];
        return episode;
    }
}
