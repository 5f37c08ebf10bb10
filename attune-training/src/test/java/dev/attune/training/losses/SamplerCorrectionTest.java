package dev.attune.training.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.error.BadInputException;
import org.junit.jupiter.api.Test;

class SamplerCorrectionTest {
    private static final float LOG_2 = (float) Math.log(2);

    @Test
    void sequencesBeyondTheBoundAreLeftOut() {
        // ratios 2 and 1: product 2; ratios 2 and 2: product 4, above 3
        assertThat(SamplerCorrection.defaults()
                        .of(new float[] {0, 0}, new float[] {-LOG_2, 0})
                        .perToken())
                .containsExactly(new float[] {2, 2}, within(1e-6f));
        SamplerCorrection.Weights out =
                SamplerCorrection.defaults().of(new float[] {0, 0}, new float[] {-LOG_2, -LOG_2});
        assertThat(out.perToken()).containsExactly(0, 0);
        assertThat(out.outside()).isEqualTo(2);
        assertThat(out.largestGap()).isCloseTo(LOG_2, within(1e-6));
    }

    @Test
    void tokensAreCutToTheBoundOrMasked() {
        float[] old = {0, 0, 0};
        float[] sampler = {-LOG_2, LOG_2, Float.NaN};
        SamplerCorrection cut = new SamplerCorrection(SamplerCorrection.Mode.TOKEN_TRUNCATE, 0.75, 1.5);
        assertThat(cut.of(old, sampler).perToken()).containsExactly(new float[] {1.5f, 0.75f, 1}, within(1e-6f));
        SamplerCorrection mask = new SamplerCorrection(SamplerCorrection.Mode.TOKEN_MASK, null, 1.5);
        assertThat(mask.of(old, sampler).perToken()).containsExactly(new float[] {0, 0.5f, 1}, within(1e-6f));
    }

    @Test
    void namesAreRead() {
        assertThat(SamplerCorrection.Mode.parse("x", "token_mask")).isEqualTo(SamplerCorrection.Mode.TOKEN_MASK);
        assertThatThrownBy(() -> SamplerCorrection.Mode.parse("x", "token")).isInstanceOf(BadInputException.class);
    }
}
