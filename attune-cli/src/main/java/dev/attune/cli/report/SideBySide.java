package dev.attune.cli.report;

import static dev.attune.core.chart.Html.escape;

import java.util.List;

/** One prompt with answers of several models next to each other. */
public record SideBySide(String prompt, List<Answer> answers) {
    /**
     * @param by who answered
     * @param tags what was judged about it
     */
    public record Answer(String by, String text, List<Tag> tags) {}

    /** A word about an answer. */
    public record Tag(String text, Kind kind) {}

    /** Whether a tag is praise, blame or neither. */
    public enum Kind {
        GOOD,
        BAD,
        PLAIN
    }

    String html() {
        StringBuilder html = new StringBuilder("<article><p class=\"prompt\">")
                .append(escape(prompt))
                .append("</p><div class=\"sides\">");
        for (Answer answer : answers) {
            html.append("<div><h4>")
                    .append(escape(answer.by()))
                    .append("</h4><blockquote>")
                    .append(answer.text().isBlank() ? "<span class=\"quiet\">(nothing)</span>" : escape(answer.text()))
                    .append("</blockquote>");
            for (Tag tag : answer.tags()) {
                html.append("<span class=\"tag %s\">"
                                .formatted(tag.kind().name().toLowerCase(java.util.Locale.ROOT)))
                        .append(escape(tag.text()))
                        .append("</span>");
            }
            html.append("</div>");
        }
        return html.append("</div></article>").toString();
    }
}
