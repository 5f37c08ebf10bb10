package dev.attune.model.template.jinja;

import dev.attune.core.error.BadInputException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A template that was read once and can be rendered many times, by several threads. */
public final class JinjaTemplate {
    private final String place;
    private final List<Statement> body;

    private JinjaTemplate(String place, List<Statement> body) {
        this.place = place;
        this.body = body;
    }

    /**
     * Reads a template.
     *
     * @param place names the template in complaints
     * @throws BadInputException where it is not a template, or uses something that is not supported; named with its line
     */
    public static JinjaTemplate parse(String place, String source) {
        try {
            return new JinjaTemplate(place, Parser.parse(source));
        } catch (TemplateError e) {
            throw refused(place, String.valueOf(e.getMessage()), e);
        } catch (StackOverflowError e) {
            throw refused(place, "it is nested too deeply", e);
        }
    }

    /**
     * Fills the template in.
     *
     * @param variables null, Boolean, Long, Double, String, List and Map with string keys, by name
     * @throws BadInputException where the template refuses the values, or does something that is not supported
     */
    public String render(Map<String, ? extends @Nullable Object> variables) {
        try {
            return Interpreter.run(body, Interpreter.globals(variables));
        } catch (RefusedByTemplate e) {
            throw new BadInputException(
                    place + ": refuses the conversation: " + e.getMessage() + "; change the messages", e);
        } catch (TemplateError e) {
            throw refused(place, String.valueOf(e.getMessage()), e);
        } catch (StackOverflowError e) {
            throw refused(place, "it is nested too deeply", e);
        }
    }

    private static BadInputException refused(String place, String message, Throwable cause) {
        return new BadInputException(
                place + ": " + message
                        + "; use a template that Attune renders exactly (plain, human-assistant, chatml or a"
                        + " file of your own)",
                cause);
    }
}
