package dev.attune.studio.campaign;

import dev.attune.core.stats.rates.AttackSuccess;
import dev.attune.feedback.redteam.AttemptOutcome;
import dev.attune.feedback.redteam.CampaignFigures;
import dev.attune.studio.page.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Success per try, by category and family.
 *
 * @param title of the table
 * @param rows by category, and one for all
 */
public record SuccessTable(String title, List<String> families, List<Row> rows) {
    /** A category, or all of them. */
    public record Row(String name, List<Cell> cells) {}

    /**
     * A category and a family, or all families.
     *
     * @param success null if there are no attempts
     * @param link to the attempts
     */
    public record Cell(@Nullable AttackSuccess success, String link) {}

    /** @param attempts the address of these attempts */
    static SuccessTable of(String title, Address attempts, List<AttemptOutcome> outcomes) {
        CampaignFigures figures = CampaignFigures.ofOutcomes(outcomes);
        List<String> families = List.copyOf(figures.byFamily().keySet());
        List<Row> rows = new ArrayList<>();
        figures.byCategory()
                .forEach((category, all) -> rows.add(row(
                        category,
                        attempts.with("category", category),
                        families,
                        figures.byCategoryAndFamily().getOrDefault(category, Map.of()),
                        all)));
        rows.add(row("all", attempts, families, figures.byFamily(), figures.success()));
        return new SuccessTable(title, families, rows);
    }

    private static Row row(
            String name,
            Address attempts,
            List<String> families,
            Map<String, AttackSuccess> byFamily,
            AttackSuccess all) {
        List<Cell> cells = new ArrayList<>();
        for (String family : families) {
            cells.add(new Cell(
                    byFamily.get(family), attempts.with("family", family).toString()));
        }
        if (families.size() > 1) {
            cells.add(new Cell(all, attempts.toString()));
        }
        return new Row(name, cells);
    }
}
