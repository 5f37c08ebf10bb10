package dev.attune.training.recipe;

import dev.attune.core.settings.SectionReader;
import dev.attune.core.text.ConfigNamed;
import dev.attune.model.conversation.ConversationOptions;
import dev.attune.model.conversation.SpecialWords;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Settings for rendering and encoding conversations; its keys are written at the top level of a recipe.
 *
 * @param template {@code plain}, {@code human-assistant}, {@code chatml}, {@code answer} or a file; null: the model's
 *     own
 * @param templateOptions further variables of the template, such as {@code enable_thinking: false}
 * @param templateDate the date for {@code strftime_now}; null: templates that call it are refused
 * @param specialWords whether special words inside messages are text or control tokens
 */
@RecordBuilder
public record ConversationSettings(
        @Nullable String template,
        Map<String, String> templateOptions,
        @Nullable String templateDate,
        SpecialWords specialWords)
        implements ConversationSettingsBuilder.With {
    public static ConversationSettings read(SectionReader fields) {
        String date = fields.optionalText("template_date");
        if (date != null) {
            fields.parsed("template_date", date, "a date such as 2024-07-26", text -> {
                ConversationOptions.date("template_date", text);
                return text;
            });
        }
        return new ConversationSettings(
                fields.optionalText("template"),
                fields.textMap("template_options"),
                date,
                fields.parsed(
                        "special_words",
                        SpecialWords.TEXT,
                        ConfigNamed.configNames(SpecialWords.class),
                        word -> ConfigNamed.parse(SpecialWords.class, "special_words", word)));
    }

    /** The same settings for the encoder. */
    public ConversationOptions options() {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        templateOptions.forEach((name, text) -> values.put(name, ConversationOptions.value(text)));
        return new ConversationOptions(
                template, values, ConversationOptions.date("template_date", templateDate), specialWords);
    }
}
