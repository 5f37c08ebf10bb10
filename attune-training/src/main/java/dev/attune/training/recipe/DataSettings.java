package dev.attune.training.recipe;

import dev.attune.core.data.DataFormat;
import dev.attune.core.data.OnFault;
import dev.attune.core.feedback.PairChoice;
import dev.attune.core.feedback.PairOptions;
import dev.attune.core.feedback.PairWeights;
import dev.attune.core.feedback.Precedence;
import dev.attune.core.feedback.Ties;
import dev.attune.core.feedback.Votes;
import dev.attune.core.settings.SectionReader;
import dev.attune.core.text.ConfigNamed;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The data set and the handling of its rows.
 *
 * @param path a file: JSONL, JSON, CSV or Parquet, gzip or not
 * @param format what the rows hold; null detects it
 * @param onFault what happens to rows that parse but cannot be used
 * @param maxLength tokens of one sequence, prompt and completion together; in PPO a prompt longer than this is a fault
 * @param overlong what happens to longer sequences
 * @param pairs which pairs a ranking gives
 * @param ties whether a tie gives no pair or one at probability 0.5
 * @param weights whether each prompt's pairs weigh 1 together, or each pair weighs 1
 * @param votes how several labelers of one prompt are combined
 * @param precedence the criteria in the order in which they decide a pair on which they disagree; empty keeps the pairs
 *     of each criterion separate
 * @param order in which each epoch takes the rows; reward models take prompts in the order of their first rows
 */
@RecordBuilder
public record DataSettings(
        String path,
        @Nullable DataFormat format,
        OnFault onFault,
        int maxLength,
        Overlong overlong,
        PairChoice pairs,
        Ties ties,
        PairWeights weights,
        Votes votes,
        List<String> precedence,
        DataOrder order)
        implements DataSettingsBuilder.With {

    public static DataSettings read(SectionReader fields) {
        String format = fields.optionalText("format");
        return new DataSettings(
                fields.requiredText("path", "a data set's file"),
                format == null || format.equals("auto")
                        ? null
                        : fields.parsed("format", DataFormat.PROMPTS, DataFormat.configNames(), DataFormat::parse),
                fields.parsed("on_fault", OnFault.DROP, ConfigNamed.configNames(OnFault.class), OnFault::parse),
                fields.integer("max_length", 512, 2),
                fields.parsed(
                        "overlong",
                        Overlong.DROP,
                        ConfigNamed.configNames(Overlong.class),
                        word -> ConfigNamed.parse(Overlong.class, "overlong", word)),
                fields.parsed(
                        "pairs", PairChoice.ALL_PAIRS, ConfigNamed.configNames(PairChoice.class), PairChoice::parse),
                fields.parsed("ties", Ties.NONE, ConfigNamed.configNames(Ties.class), Ties::parse),
                fields.parsed(
                        "weights",
                        PairWeights.PER_PROMPT,
                        ConfigNamed.configNames(PairWeights.class),
                        PairWeights::parse),
                fields.parsed("votes", Votes.SEPARATE, ConfigNamed.configNames(Votes.class), Votes::parse),
                fields.texts("precedence"),
                fields.choice("order", DataOrder.SHUFFLED));
    }

    /** The options for deriving pairs from rankings. */
    public PairOptions pairOptions() {
        return new PairOptions(
                pairs, ties, weights, votes, precedence.isEmpty() ? null : new Precedence(precedence), null);
    }
}
