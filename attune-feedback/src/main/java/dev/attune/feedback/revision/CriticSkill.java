package dev.attune.feedback.revision;

import dev.attune.core.model.SamplingOptions;
import dev.attune.core.model.TextCompletion;
import dev.attune.core.model.TextModel;
import dev.attune.core.stats.Estimate;
import dev.attune.core.stats.Wilson;
import dev.attune.core.text.Prompt;
import dev.attune.feedback.constitution.Constitution;
import dev.attune.feedback.constitution.Faults;
import dev.attune.feedback.constitution.Principle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How well a critic tells faulty from faultless answers, measured before its critiques are used.
 *
 * @param found of the faulty answers, those in which the critic found a fault; null if there were none
 * @param quiet of the faultless answers, those in which it found none; null if there were none
 */
public record CriticSkill(
        @Nullable Estimate found, @Nullable Estimate quiet) {
    /**
     * An answer whose faults are known.
     *
     * @param principle the principle that is asked for; null: the first of the constitution
     */
    public record Item(
            Prompt prompt,
            String answer,
            boolean faulty,
            @Nullable String principle) {}

    /** The mean of both shares, in [0, 1]: 0.5 for a critic that always says the same. */
    public double accuracy() {
        if (found == null || quiet == null) {
            return found != null ? found.value() : quiet == null ? Double.NaN : quiet.value();
        }
        return (found.value() + quiet.value()) / 2;
    }

    /** Both shares with their intervals, and the accuracy. */
    public String describe() {
        return String.format(
                Locale.ROOT,
                "accuracy %.3f; fault found in %s of faulty answers; none found in %s of faultless ones",
                accuracy(),
                found == null ? "none" : found.describe(),
                quiet == null ? "none" : quiet.describe());
    }

    /**
     * Asks for a critique of each item, greedily.
     *
     * @param settings give the number of worked examples and of new tokens
     */
    public static CriticSkill measure(
            TextModel critic, Constitution constitution, List<Item> items, RevisionSettings settings) {
        CritiqueDialogue dialogue = new CritiqueDialogue(constitution, settings.examples());
        List<Prompt> requests = new ArrayList<>();
        for (Item item : items) {
            requests.add(dialogue.critique(item.prompt(), item.answer(), principle(constitution, item)));
        }
        List<TextCompletion> critiques =
                critic.complete(requests, SamplingOptions.greedy(settings.maxNewTokens()), settings.seed());
        return of(
                items,
                critiques.stream()
                        .map(critique -> !Faults.none(constitution, critique.text()))
                        .toList());
    }

    private static Principle principle(Constitution constitution, Item item) {
        String name = item.principle();
        return name == null
                ? constitution.principles().get(0)
                : constitution
                        .principle(name)
                        .orElseThrow(() -> dev.attune.core.error.BadInputException.at(
                                "the items that measure the critic",
                                "the principle '" + name + "'",
                                "a principle of " + constitution.name(),
                                "correct the name"));
    }

    /** @param saidFaulty one verdict per item */
    static CriticSkill of(List<Item> items, List<Boolean> saidFaulty) {
        long faulty = items.stream().filter(Item::faulty).count();
        long found = 0;
        long quiet = 0;
        for (int i = 0; i < items.size(); i++) {
            found += items.get(i).faulty() && saidFaulty.get(i) ? 1 : 0;
            quiet += !items.get(i).faulty() && !saidFaulty.get(i) ? 1 : 0;
        }
        return new CriticSkill(share(found, faulty), share(quiet, items.size() - faulty));
    }

    private static @Nullable Estimate share(long part, long all) {
        return all == 0 ? null : Wilson.share((double) part, all);
    }
}
