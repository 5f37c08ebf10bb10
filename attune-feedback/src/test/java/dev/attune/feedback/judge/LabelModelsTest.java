package dev.attune.feedback.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.model.ContinuationModel;
import dev.attune.core.model.ContinuationScore;
import dev.attune.core.model.SamplingOptions;
import dev.attune.core.model.TextCompletion;
import dev.attune.core.model.TextCompletion.StopReason;
import dev.attune.core.stats.rates.UnscoredReason;
import dev.attune.core.text.Prompt;
import dev.attune.core.text.PromptCompletion;
import dev.attune.feedback.endpoint.TokenChoices;
import dev.attune.feedback.endpoint.TokenChoices.Choice;
import dev.attune.feedback.endpoint.TokenChoices.Position;
import dev.attune.feedback.judge.reply.BareLabel;
import dev.attune.feedback.judge.reply.Brackets;
import dev.attune.feedback.judge.reply.Form;
import dev.attune.feedback.judge.reply.Menu;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Probabilities of labels from continuations, top tokens and samples. */
class LabelModelsTest {
    private static final Prompt PROMPT = Prompt.text("A or B?");
    private static final Menu<Double> MENU = JudgePrompts.PAIR_MENU_WITHOUT_TIE;

    private static Position position(String text, Object... top) {
        List<Choice> choices = IntStream.range(0, top.length / 2)
                .mapToObj(i -> new Choice((String) top[2 * i], Math.log((Double) top[2 * i + 1])))
                .toList();
        return new Position(text, choices);
    }

    private static LabelModel.Shares shares(
            Menu<?> menu, Form form, @Nullable LabelModel fallback, Position... positions) {
        String text = List.of(positions).stream().map(Position::text).collect(Collectors.joining());
        TextCompletion completion = new TextCompletion(text, positions.length, -1, StopReason.LENGTH);
        return new TopTokenLabels(
                        (prompt, options, seed) -> new TokenChoices(completion, List.of(positions)),
                        form,
                        SamplingOptions.greedy(1),
                        0,
                        fallback)
                .shares(PROMPT, menu, 0);
    }

    @Test
    void spellingsOfALabelAddUp() {
        LabelModel.Shares shares = shares(
                MENU, new BareLabel(), null, position("A", "A", 0.5, " A", 0.2, "B", 0.1, "\nB", 0.1, "The", 0.1));
        Map<String, Double> found = shares.verdict().scoredValue().orElseThrow();
        assertThat(found.get("A")).isCloseTo(0.7 / 0.9, within(1e-12));
        assertThat(found.get("B")).isCloseTo(0.2 / 0.9, within(1e-12));
        Opinion opinion = new LabelRater((prompt, menu, sample) -> shares, MENU).rate("A, B", PROMPT, 0);
        assertThat(opinion.verdict().scoredValue().orElseThrow()).isCloseTo(7.0 / 9, within(1e-12));
    }

    @Test
    void theLastPositionOfTheLabelIsTheVerdict() {
        Menu<Double> scale = JudgePrompts.scale(1, 10);
        LabelModel.Shares shares = shares(
                scale,
                new Brackets(),
                null,
                position("7", "7", 1.0),
                position(" steps. [["),
                position("7", "7", 0.6, "8", 0.4),
                position("]]"));
        assertThat(shares.verdict().scoredValue().orElseThrow())
                .containsOnlyKeys("7", "8")
                .hasEntrySatisfying("8", share -> assertThat(share).isCloseTo(0.4, within(1e-12)));
        assertThat(new LabelRater((prompt, menu, sample) -> shares, scale)
                        .rate("score", PROMPT, 0)
                        .verdict()
                        .scoredValue()
                        .orElseThrow())
                .as("0.6 * 7 + 0.4 * 8")
                .isCloseTo(7.4, within(1e-12));
    }

    @Test
    void aLabelAfterTheVerdictIsNotTheVerdict() {
        LabelModel.Shares shares = shares(
                MENU,
                new Brackets(),
                null,
                position("[["),
                position("B", "B", 0.9, "A", 0.1),
                position("]]"),
                position(" A", " A", 1.0),
                position(" good one."));
        assertThat(shares.verdict().scoredValue().orElseThrow().get("B")).isCloseTo(0.9, within(1e-12));
    }

    @Test
    void withoutALabelTheFallBackIsAskedOrNothingIsScored() {
        Position other = position("The", "The", 0.9, "It", 0.1);
        assertThat(shares(MENU, new BareLabel(), null, other).verdict().unscoredReason())
                .contains(UnscoredReason.NO_VERDICT);
        assertThat(shares(MENU, new BareLabel(), null).verdict().unscoredReason())
                .as("no log-probabilities at all")
                .contains(UnscoredReason.NO_VERDICT);
        ScriptedModel model = new ScriptedModel("A", "B", "A", "I see.", "A");
        SampledLabels sampled = new SampledLabels(model, new BareLabel(), 5, 10, 3);
        LabelModel.Shares shares = shares(MENU, new BareLabel(), sampled, other);
        assertThat(shares.verdict().scoredValue()).contains(Map.of("A", 0.75, "B", 0.25));
        assertThat(shares.verdict().reply()).isEqualTo("A\n---\nB\n---\nA\n---\nI see.\n---\nA");
        assertThat(shares.tokens()).isEqualTo(16);
        assertThat(new SampledLabels(new ScriptedModel("so", "so"), new BareLabel(), 2, 10, 3)
                        .shares(PROMPT, MENU, 0)
                        .verdict()
                        .unscoredReason())
                .contains(UnscoredReason.NO_VERDICT);
    }

    @Test
    void continuationsAreNormalisedOverLabels() {
        Map<String, Double> probabilities = Map.of("A", 0.3, " A", 0.1, "\nA", 0.0, "B", 0.05, " B", 0.05, "\nB", 0.0);
        List<String> asked = new ArrayList<>();
        ContinuationModel model = new ContinuationModel() {
            @Override
            public List<ContinuationScore> scores(List<PromptCompletion> continuations) {
                continuations.forEach(one -> asked.add(one.completion()));
                return continuations.stream()
                        .map(one ->
                                new ContinuationScore(Math.log(probabilities.getOrDefault(one.completion(), 0.0)), 1))
                        .toList();
            }

            @Override
            public List<ContinuationScore> textScores(List<String> texts) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void close() {}
        };
        Map<String, Double> found = new ContinuationLabels(model)
                .shares(PROMPT, MENU, 0)
                .verdict()
                .scoredValue()
                .orElseThrow();
        assertThat(found.get("A")).isCloseTo(0.8, within(1e-12));
        assertThat(found.get("B")).isCloseTo(0.2, within(1e-12));
        assertThat(asked).containsExactlyInAnyOrderElementsOf(probabilities.keySet());
        assertThat(new ContinuationLabels(model)
                        .shares(PROMPT, Menu.of("YES", "NO"), 0)
                        .verdict()
                        .unscoredReason())
                .contains(UnscoredReason.NO_VERDICT);
    }
}
