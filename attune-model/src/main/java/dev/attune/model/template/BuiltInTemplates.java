package dev.attune.model.template;

import dev.attune.core.io.Resources;
import java.util.List;

/** The templates that come with Attune, as Jinja. */
final class BuiltInTemplates {
    static final List<String> NAMES = List.of("plain", "human-assistant", "chatml", "answer");

    private BuiltInTemplates() {}

    /** The Jinja source of a template. */
    static String source(String name) {
        return Resources.text(ChatTemplate.class, name + ".jinja");
    }
}
