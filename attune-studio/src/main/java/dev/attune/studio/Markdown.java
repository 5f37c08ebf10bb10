package dev.attune.studio;

import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * Renders untrusted Markdown as harmless HTML: markup in it is shown as text, and links lead to web addresses alone. The HTML
 * is in an element of the class {@code markdown}, which has style rules of its own: those of pages do not reach into it.
 */
final class Markdown {
    private static final Parser PARSER = Parser.builder().build();
    private static final HtmlRenderer HTML = HtmlRenderer.builder()
            .escapeHtml(true)
            .sanitizeUrls(true)
            .softbreak("<br>\n")
            .build();

    private Markdown() {}

    static String html(String markdown) {
        return "<div class=\"markdown\">" + HTML.render(PARSER.parse(markdown)) + "</div>";
    }
}
