package dev.attune.model.template;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The templates that come with Attune, as Jinja. */
final class BuiltInTemplates {
    static final List<String> NAMES = List.of("plain", "human-assistant", "chatml", "answer");

    private BuiltInTemplates() {}

    /** The Jinja source of a template. */
    static String source(String name) {
        String resource = name + ".jinja";
        try (InputStream in = ChatTemplate.class.getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
