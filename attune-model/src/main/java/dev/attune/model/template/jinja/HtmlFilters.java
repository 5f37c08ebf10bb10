package dev.attune.model.template.jinja;

import java.util.Set;

/** The filters that jinja2 has for HTML. */
final class HtmlFilters {
    /** Filters whose results are marked as HTML in jinja2, so that text added to them is escaped. */
    static final Set<String> FILTERS = Set.of("safe", "e", "escape", "forceescape");

    private HtmlFilters() {}

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("'", "&#39;")
                .replace("\"", "&#34;");
    }

    /** The text without tags and comments, with white space collapsed. */
    static String stripped(String text) {
        String plain = text.replaceAll("(?s)<!--.*?-->", "").replaceAll("(?s)<.*?>", "");
        return String.join(" ", StringMethods.words(plain))
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&#39;", "'")
                .replace("&#34;", "\"")
                .replace("&quot;", "\"")
                .replace("&amp;", "&");
    }
}
