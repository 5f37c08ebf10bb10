package dev.attune.model.template;

import dev.attune.core.text.Message;
import dev.attune.model.template.jinja.JinjaTemplate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A chat template as model directories hold it, given the variables that transformers gives it. */
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
    public String render(List<Message> messages, boolean addGenerationPrompt) {
        Map<String, @Nullable Object> variables = new HashMap<>(specialTokens);
        variables.put("messages", messages.stream().map(JinjaChatTemplate::dict).toList());
        variables.put("tools", null);
        variables.put("documents", null);
        variables.put("add_generation_prompt", addGenerationPrompt);
        return template.render(variables);
    }

    private static Map<String, String> dict(Message message) {
        Map<String, String> dict = new LinkedHashMap<>();
        dict.put("role", message.role());
        dict.put("content", message.content());
        return dict;
    }
}
