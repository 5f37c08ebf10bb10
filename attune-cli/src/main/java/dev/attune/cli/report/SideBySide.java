package dev.attune.cli.report;

import static dev.attune.core.chart.Html.escape;

import java.util.List;

/** A prompt with the answers of several models, side by side. */
public record SideBySide(String prompt, List<Answer> answers) {
    /**
     * @param by who answered
     * @param tags the judge's findings on it
     */
    public record Answer(String by, String text, List<Tag> tags) {}

    /** A finding on an answer. */
    public record Tag(String text, Kind kind) {}

    /** Whether a finding is good, bad or neutral. */
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
