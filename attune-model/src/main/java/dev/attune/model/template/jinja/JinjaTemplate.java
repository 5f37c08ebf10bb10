package dev.attune.model.template.jinja;

import dev.attune.core.error.RefusedConversationException;
import dev.attune.core.text.TextSpan;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A parsed template, which can be rendered many times and by several threads. */
public final class JinjaTemplate {
    private final String place;
    private final List<Statement> body;

    private JinjaTemplate(String place, List<Statement> body) {
        this.place = place;
        this.body = body;
    }

    /**
     * Parses a template.
     *
     * @param place name of the template, for error messages
     * @throws RefusedConversationException if it is not a template, or uses something that is not supported; with its
     *     line
     */
    public static JinjaTemplate parse(String place, String source) {
        try {
            return new JinjaTemplate(place, Parser.parse(source));
        } catch (TemplateError e) {
            throw unsupported(place, String.valueOf(e.getMessage()), e);
        } catch (StackOverflowError e) {
            throw unsupported(place, "it is nested too deeply", e);
        }
    }

    /** The text for these variables, as {@link #rendered} gives it without a date. */
    public String render(Map<String, ? extends @Nullable Object> variables) {
        return rendered(variables, null).text();
    }

    /**
     * Renders the template.
     *
     * @param variables values by name: null, Boolean, Long, Double, String, List and Map with string keys
     * @param now the date for {@code strftime_now}; null: a call of it is refused
     * @throws RefusedConversationException if the template refuses the values, or uses something that is not supported
     */
    public Rendered rendered(Map<String, ? extends @Nullable Object> variables, @Nullable LocalDateTime now) {
        try {
            return Interpreter.render(body, Interpreter.globals(variables, now));
        } catch (RefusedByTemplate e) {
            throw new RefusedConversationException(
                    place, "refuses the conversation: " + e.getMessage(), "change the messages", e);
        } catch (DateNeeded e) {
            throw new RefusedConversationException(
                    place,
                    "writes today's date (strftime_now), which would change prompts from day to day",
                    "give a fixed date with template_date: in the recipe or --template-date, such as 2024-07-26",
                    e);
        } catch (TemplateError e) {
            throw unsupported(place, String.valueOf(e.getMessage()), e);
        } catch (StackOverflowError e) {
            throw unsupported(place, "it is nested too deeply", e);
        }
    }

    /**
     * A rendered template.
     *
     * @param generated the spans written inside {@code {% generation %}} blocks, in order
     */
    public record Rendered(String text, List<TextSpan> generated) {}

    private static RefusedConversationException unsupported(String place, String message, Throwable cause) {
        return new RefusedConversationException(
                place,
                message,
                "use a template that Attune renders exactly (plain, human-assistant, chatml or a file of your own)",
                cause);
    }
}
