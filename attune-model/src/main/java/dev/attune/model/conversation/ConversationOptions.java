package dev.attune.model.conversation;

import dev.attune.core.error.BadInputException;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Options for rendering and encoding conversations.
 *
 * @param template {@code plain}, {@code human-assistant}, {@code chatml}, {@code answer} or a file; null: the model's
 *     own
 * @param templateOptions further variables of the template by name, as JSON values: {@code enable_thinking},
 *     {@code date_string}, {@code documents}, ...
 * @param date the date for {@code strftime_now}; null: a template that calls it is refused
 * @param specialWords whether special words inside messages are text or control tokens
 */
@RecordBuilder
public record ConversationOptions(
        @Nullable String template,
        Map<String, @Nullable Object> templateOptions,
        @Nullable LocalDateTime date,
        SpecialWords specialWords)
        implements ConversationOptionsBuilder.With {
    /** The model's own template and no other option. */
    public static final ConversationOptions DEFAULT = named(null);

    public ConversationOptions {
        templateOptions = Collections.unmodifiableMap(new LinkedHashMap<>(templateOptions));
    }

    /** A template and no other option; null for the model's own. */
    public static ConversationOptions named(@Nullable String template) {
        return new ConversationOptions(template, Map.of(), null, SpecialWords.TEXT);
    }

    /**
     * Parses a date of a recipe or flag.
     *
     * @param key names it in the error message
     * @param text {@code 2024-07-26} or {@code 2024-07-26T14:30:00}; null: none
     */
    public static @Nullable LocalDateTime date(String key, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return text.length() <= 10
                    ? LocalDate.parse(text).atStartOfDay()
                    : LocalDateTime.parse(text.replace(' ', 'T'));
        } catch (DateTimeParseException e) {
            throw BadInputException.at(
                    key, "'" + text + "'", "a date such as 2024-07-26 or 2024-07-26T14:30:00", "write one");
        }
    }

    /**
     * Parses a template variable of a recipe or flag: as JSON if it is JSON (true, 3, null, a list, an object),
     * otherwise as text.
     */
    public static @Nullable Object value(String text) {
        try {
            return JsonMapper.shared()
                    .readerFor(Object.class)
                    .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readValue(text);
        } catch (JacksonException e) {
            return text;
        }
    }

    /** A copy with another template. */
    @Override
    public ConversationOptions withTemplate(@Nullable String name) {
        return new ConversationOptions(name, templateOptions, date, specialWords);
    }
}
