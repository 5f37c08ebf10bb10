package dev.attune.feedback.constitution;

import dev.attune.core.io.Hashing;
import dev.attune.core.json.Json;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Principles by which a model judges and revises answers.
 *
 * @param version a number that rises with each change, from 1
 * @param parent the hash of the version before this one, or null
 * @param description one or two sentences, may be empty
 * @param noFault what a critique says if it finds no fault; the revision is left out then
 * @param principles at least one, with different names
 * @param examples shown before each critique and revision; may be empty
 */
public record Constitution(
        String name,
        int version,
        @Nullable String parent,
        String description,
        String noFault,
        List<Principle> principles,
        List<WorkedExample> examples) {
    public Constitution {
        principles = List.copyOf(principles);
        examples = List.copyOf(examples);
    }

    /** A hash of everything in it, by which judgements and revisions name their constitution. */
    public String hash() {
        return Hashing.sha256(Json.line(this)).substring(0, 16);
    }

    /** This constitution as the version after another one, which it names by hash. */
    public Constitution following(Constitution before) {
        return new Constitution(name, before.version + 1, before.hash(), description, noFault, principles, examples);
    }

    /** Name, version and hash, as provenance records them. */
    public String label() {
        return name + " version " + version + " (" + hash() + ")";
    }

    public Optional<Principle> principle(String wanted) {
        return principles.stream().filter(one -> one.name().equals(wanted)).findFirst();
    }

    /** The principles that have at least one of the tags; all of them if no tag is given. */
    public List<Principle> tagged(Collection<String> tags) {
        return tags.isEmpty()
                ? principles
                : principles.stream()
                        .filter(principle -> principle.tags().stream().anyMatch(tags::contains))
                        .toList();
    }

    /** One of these principles, each with a probability proportional to its weight. */
    public static Principle sample(List<Principle> principles, SplittableRandom random) {
        double total = principles.stream().mapToDouble(Principle::weight).sum();
        double drawn = random.nextDouble() * total;
        for (Principle principle : principles) {
            drawn -= principle.weight();
            if (drawn < 0) {
                return principle;
            }
        }
        return principles.get(principles.size() - 1);
    }
}
