package dev.attune.core.reward.verify;

import dev.attune.core.provider.ProviderSettings;
import dev.attune.core.reward.RewardFunction;
import dev.attune.core.reward.RewardProvider;
import dev.attune.core.reward.RewardSetup;
import dev.attune.core.reward.Scored;
import dev.attune.core.reward.VerifiableReward;
import dev.attune.core.text.PromptCompletion;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * 1 if a regular expression matches the completion, else 0. A pattern that needs too many steps on a completion gives no
 * score, of the kind LIMIT.
 *
 * @param full whether the whole completion must match, not only a part
 */
public record RegexReward(Pattern pattern, boolean full) implements VerifiableReward {
    @Override
    public String name() {
        return "regex";
    }

    @Override
    public Scored judge(PromptCompletion sample) {
        try {
            boolean matches = BoundedMatch.match(
                    pattern, sample.completion(), BoundedMatch.MAX_STEPS, full ? Matcher::matches : Matcher::find);
            return Scored.verdict(matches, matches ? "matches" : "does not match");
        } catch (BoundedMatch.LimitException e) {
            return Scored.limit(Double.NaN, e.reason());
        }
    }

    /** Settings: {@code pattern}; {@code match}: find (default) or full; {@code ignore_case}: true or false. */
    public static final class Provider implements RewardProvider {
        @Override
        public String name() {
            return "regex";
        }

        @Override
        public RewardFunction open(RewardSetup setup) {
            ProviderSettings settings = setup.settings();
            settings.requireKnown(Set.of("pattern", "match", "ignore_case"));
            int flags = settings.flag("ignore_case") ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0;
            String text = settings.required("pattern", "a regular expression");
            return new RegexReward(
                    Extraction.pattern(settings, "pattern", text, flags),
                    settings.choice("match", "find", "full").equals("full"));
        }
    }
}
