package dev.attune.studio.constitution;

import dev.attune.feedback.constitution.ConstitutionDiff;
import dev.attune.feedback.constitution.Principle;
import dev.attune.studio.page.WordDiff;
import java.util.List;
import java.util.Objects;

/**
 * Two constitutions side by side.
 *
 * @param same names of the principles that are equal in both
 */
public record ConstitutionComparison(
        KnownConstitution before, KnownConstitution after, List<Change> changes, List<String> same) {
    /**
     * A key with another value.
     *
     * @param isNew whether the old constitution lacks the key
     * @param gone whether the new one does
     * @param before the old value, with the words that are gone
     * @param after the new value, with the words that are new
     */
    public record Change(
            String key, boolean isNew, boolean gone, List<WordDiff.Part> before, List<WordDiff.Part> after) {
        static Change of(ConstitutionDiff.Change change) {
            List<WordDiff.Part> parts = WordDiff.of(
                    Objects.requireNonNullElse(change.before(), ""), Objects.requireNonNullElse(change.after(), ""));
            return new Change(
                    change.key(),
                    change.before() == null,
                    change.after() == null,
                    WordDiff.old(parts),
                    WordDiff.recent(parts));
        }
    }

    static ConstitutionComparison of(KnownConstitution before, KnownConstitution after) {
        return new ConstitutionComparison(
                before,
                after,
                ConstitutionDiff.of(before.constitution(), after.constitution()).stream()
                        .map(Change::of)
                        .toList(),
                before.constitution().principles().stream()
                        .filter(after.constitution().principles()::contains)
                        .map(Principle::name)
                        .toList());
    }
}
