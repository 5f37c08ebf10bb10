package dev.attune.model.template;

import dev.attune.model.template.jinja.JinjaTemplate;
import java.util.Map;

/** A chat template in Jinja, rendered with the variables that transformers passes. */
final class JinjaChatTemplate implements ChatTemplate {
    private final JinjaTemplate template;
    private final Map<String, String> specialTokens;

    private JinjaChatTemplate(JinjaTemplate template, Map<String, String> specialTokens) {
        this.template = template;
        this.specialTokens = Map.copyOf(specialTokens);
    }

    static JinjaChatTemplate of(String place, String source, Map<String, String> specialTokens) {
        return new JinjaChatTemplate(JinjaTemplate.parse(place, source), specialTokens);
    }

    @Override
    public Rendering render(TemplateInput input) {
        JinjaTemplate.Rendered rendered = template.rendered(input.variables(specialTokens), input.date());
        return new Rendering(rendered.text(), rendered.generated());
    }
}
