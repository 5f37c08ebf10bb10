package dev.attune.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.data.Dataset;
import dev.attune.core.data.ReadOptions;
import dev.attune.core.data.Row;
import dev.attune.core.data.Split;
import dev.attune.core.data.Splits;
import dev.attune.core.feedback.Preference;
import dev.attune.core.text.Prompt;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class BaselinesTest {
    private static Preference pair(String chosen, String rejected) {
        return Preference.of(Prompt.text("p"), chosen, rejected);
    }

    @Test
    void prefersTheLengthThatTheLabelersPrefer() {
        List<Preference> pairs = List.of(pair("aa", "b"), pair("cc", "ddd"), pair("ee", "fff"), pair("g", "h"));
        LengthBaseline length = LengthBaseline.fit(pairs);
        assertThat(length.shorter()).isTrue();
        assertThat(length.accuracy(pairs).value()).isEqualTo(0.5); // ties are not right
        assertThat(new LengthBaseline(false).margin(pairs.get(0))).isEqualTo(1);
    }

    @Test
    void learnsWhichWordsWin() {
        List<Preference> pairs =
                List.of(pair("kind words", "rude words"), pair("a kind one", "a rude one"), pair("so kind", "so rude"));
        BagOfWords.Settings everyWord = new BagOfWords.Settings(1, 1e-3, true);
        BagOfWords model = BagOfWords.fit(pairs, everyWord);
        assertThat(model.margin(pair("kind", "rude"))).isPositive();
        assertThat(model.margin(pair("rude", "kind"))).isEqualTo(-model.margin(pair("kind", "rude")));
        assertThat(model.margin(pair("unheard of", "never seen"))).isZero();
        assertThat(model.strongest(1, true)).containsOnlyKeys("kind");
        assertThat(model.strongest(1, false)).containsOnlyKeys("rude");
        assertThat(BagOfWords.fit(pairs, everyWord).margin(pairs.get(0))).isEqualTo(model.margin(pairs.get(0)));
    }

    @Test
    void reachesTheOptimumOfTheRegularisedLoss() {
        // One feature a side of length 1: the loss is log(1 + exp(-2w)) + penalty w^2 with w(kind) = -w(rude) = w,
        // whose derivative is zero where 1 / (1 + exp(2w)) = penalty w.
        List<Preference> pairs = List.of(pair("kind", "rude"), pair("kind", "rude"));
        BagOfWords model = BagOfWords.fit(pairs, new BagOfWords.Settings(1, 0.1, false));
        double w = model.margin(pairs.get(0)) / 2;
        assertThat(1 / (1 + Math.exp(2 * w))).isCloseTo(0.1 * w, within(1e-9));
    }

    /** Orientation: on other pairs of this set the shorter answer reaches 0.536 and a bag of words 0.635. */
    @Test
    @Tag("shared")
    void reachesTheKnownAccuracyOnHumanPreferences() {
        Path file = Path.of(System.getProperty("attune.shared"), "data/hh-harmless/train.jsonl.gz");
        List<Row.PreferenceRow> rows =
                Dataset.read(file, ReadOptions.defaults()).rowsOf(Row.PreferenceRow.class);
        double words = 0;
        double length = 0;
        List<Split<Row.PreferenceRow>> folds = Splits.foldsByPrompt(rows, 5, 1);
        for (Split<Row.PreferenceRow> fold : folds) {
            List<Preference> train =
                    fold.train().stream().map(Row.PreferenceRow::preference).toList();
            List<Preference> held =
                    fold.heldOut().stream().map(Row.PreferenceRow::preference).toList();
            words += BagOfWords.fit(train).accuracy(held).value() / folds.size();
            length += LengthBaseline.fit(train).accuracy(held).value() / folds.size();
        }
        assertThat(words).isBetween(0.58, 0.70);
        assertThat(length).isBetween(0.49, 0.58);
    }
}
