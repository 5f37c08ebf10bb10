package dev.attune.model.config;

import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The families that Attune supports: those listed in {@code META-INF/services}, in that order. */
public final class Families {
    private static final List<Family> ALL = ServiceLoader.load(Family.class, Family.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .toList();

    private Families() {}

    /** All families. */
    public static List<Family> all() {
        return ALL;
    }

    /** The family with this {@code model_type}, or null. */
    public static @Nullable Family named(@Nullable String modelType) {
        return ALL.stream()
                .filter(family -> family.modelType().equals(modelType))
                .findFirst()
                .orElse(null);
    }

    static String names() {
        return ALL.stream().map(Family::modelType).collect(Collectors.joining(", "));
    }
}
