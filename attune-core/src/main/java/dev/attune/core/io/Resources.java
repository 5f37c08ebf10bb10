package dev.attune.core.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Texts that come with Attune, inside its jars. */
public final class Resources {
    private Resources() {}

    /**
     * A text in UTF-8.
     *
     * @param owner a class of the jar that holds it
     * @param name absolute, or relative to the package of {@code owner}
     * @throws IllegalStateException if it is missing, which is a fault of the build
     */
    public static String text(Class<?> owner, String name) {
        try (InputStream in = owner.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("this build of Attune lacks its resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
