package dev.attune.feedback.constitution;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/**
 * One principle of a constitution (Bai et al. 2022, arXiv 2212.08073).
 *
 * @param name unique in its constitution
 * @param critique asks for the faults of an answer under this principle
 * @param revision asks for an answer without the faults of the critique
 * @param comparison asks which of two answers follows the principle better
 * @param weight the frequency with which the principle is sampled, relative to the others', above 0
 * @param tags what the principle is about, such as {@code harmless}
 */
@RecordBuilder
public record Principle(
        String name, String critique, String revision, String comparison, double weight, List<String> tags)
        implements PrincipleBuilder.With {
    public Principle {
        tags = List.copyOf(tags);
    }
}
