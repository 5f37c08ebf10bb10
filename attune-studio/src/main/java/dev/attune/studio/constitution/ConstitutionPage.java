package dev.attune.studio.constitution;

import dev.attune.core.chart.Html;
import dev.attune.feedback.constitution.Constitution;
import dev.attune.feedback.constitution.Principle;
import dev.attune.feedback.constitution.WorkedExample;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A constitution with its principles.
 *
 * @param parent the version before it; null if it is not known
 */
public record ConstitutionPage(
        KnownConstitution known, @Nullable KnownConstitution parent) {
    static ConstitutionPage of(KnownConstitution known, ConstitutionCatalog catalog) {
        KnownConstitution parent = Optional.ofNullable(known.constitution().parent())
                .map(catalog.all()::get)
                .orElse(null);
        return new ConstitutionPage(known, parent);
    }

    public Constitution constitution() {
        return known.constitution();
    }

    /** The probability that a principle is sampled. */
    public String share(Principle principle) {
        double total = constitution().principles().stream()
                .mapToDouble(Principle::weight)
                .sum();
        return Html.percent(principle.weight() / total);
    }

    public String weight(Principle principle) {
        return Html.number(principle.weight());
    }

    public List<WorkedExample> examples(Principle principle) {
        return constitution().examples().stream()
                .filter(example -> example.principle().equals(principle.name()))
                .toList();
    }
}
