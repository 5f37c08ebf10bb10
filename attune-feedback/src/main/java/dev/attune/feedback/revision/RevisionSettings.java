package dev.attune.feedback.revision;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/**
 * How answers are criticised and revised.
 *
 * @param rounds critiques and revisions per answer at most, from 1
 * @param tags the principles that are sampled from; empty: all
 * @param examples how many of the constitution's worked examples stand before each request, from 0
 * @param maxNewTokens of an answer, a critique or a revision, from 1
 * @param temperature of all three, from 0
 * @param seed decides principles and samples
 */
@RecordBuilder
public record RevisionSettings(
        int rounds, List<String> tags, int examples, int maxNewTokens, double temperature, long seed)
        implements RevisionSettingsBuilder.With {
    /** Two rounds, up to four worked examples, 128 tokens at temperature 0.7. */
    public static final RevisionSettings DEFAULT = new RevisionSettings(2, List.of(), 4, 128, 0.7, 0);

    public RevisionSettings {
        tags = List.copyOf(tags);
    }
}
