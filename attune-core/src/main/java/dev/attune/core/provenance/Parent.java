package dev.attune.core.provenance;

import org.jspecify.annotations.Nullable;

/**
 * A model that another one was trained from or with.
 *
 * @param role its role in the run: {@code model}, {@code reference}, {@code reward}, {@code critic}
 * @param sha256 of its folder ({@link dev.attune.core.io.Hashing#sha256OfFolder})
 * @param provenance its own, or null if it has none: a model not trained by Attune
 */
public record Parent(
        String role, String path, String sha256, @Nullable Provenance provenance) {}
