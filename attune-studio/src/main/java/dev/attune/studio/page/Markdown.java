package dev.attune.studio.page;

import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * Renders untrusted Markdown as safe HTML: HTML in it is shown as text, and only links to web addresses are kept. The
 * result is an element of the class {@code markdown} with separate style rules.
 */
public final class Markdown {
    private static final Parser PARSER = Parser.builder().build();
    private static final HtmlRenderer HTML = HtmlRenderer.builder()
            .escapeHtml(true)
            .sanitizeUrls(true)
            .softbreak("<br>\n")
            .build();

    private Markdown() {}

    public static String html(String markdown) {
        return "<div class=\"markdown\">" + HTML.render(PARSER.parse(markdown)) + "</div>";
    }
}
