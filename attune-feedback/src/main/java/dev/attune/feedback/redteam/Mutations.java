package dev.attune.feedback.redteam;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The built-in mutations. */
public final class Mutations {
    private static final List<Mutation> ALL = all();

    private Mutations() {}

    private static List<Mutation> all() {
        List<Mutation> all = new ArrayList<>();
        all.addAll(Frame.ALL);
        all.addAll(List.of(Encoding.values()));
        all.addAll(List.of(Dialogue.values()));
        all.addAll(List.of(Examples.values()));
        all.add(new PayloadSplitting());
        return List.copyOf(all);
    }

    /** The mutations of these families, in a fixed order; all of them if none is given. */
    public static List<Mutation> of(Collection<Family> families) {
        return ALL.stream()
                .filter(mutation -> families.isEmpty() || families.contains(mutation.family()))
                .toList();
    }
}
