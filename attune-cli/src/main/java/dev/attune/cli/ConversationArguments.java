package dev.attune.cli;

import dev.attune.core.text.ConfigNamed;
import dev.attune.model.conversation.ConversationOptions;
import dev.attune.model.conversation.SpecialWords;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of rendering and encoding conversations; shared by all commands that encode conversations. */
public final class ConversationArguments {
    @Option(
            names = "--template",
            paramLabel = "NAME",
            description = "Chat template instead of the model's own: plain, human-assistant, chatml, answer or a file.")
    private @Nullable String template;

    @Option(
            names = "--template-option",
            paramLabel = "NAME=VALUE",
            description = "Variable of the chat template, such as enable_thinking=false. Repeatable.")
    private Map<String, String> templateOptions = new LinkedHashMap<>();

    @Option(
            names = "--template-date",
            paramLabel = "DATE",
            description = "Date for templates that write the current date (strftime_now), such as 2024-07-26.")
    private @Nullable String templateDate;

    @Option(
            names = "--special-words",
            paramLabel = "HOW",
            defaultValue = "text",
            description = "Encoding of special words inside messages: text (default), or tokens for control tokens.")
    private String specialWords;

    /** The options, checked. */
    public ConversationOptions options() {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        templateOptions.forEach((name, text) -> values.put(name, ConversationOptions.value(text)));
        return new ConversationOptions(
                template,
                values,
                ConversationOptions.date("--template-date", templateDate),
                ConfigNamed.parse(SpecialWords.class, "--special-words", specialWords));
    }
}
