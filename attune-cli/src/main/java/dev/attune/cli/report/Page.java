package dev.attune.cli.report;

import static dev.attune.core.chart.Html.escape;

import dev.attune.core.io.AtomicFiles;
import dev.attune.core.io.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A self-contained HTML file. All text is escaped here, except the output of {@code html} methods. */
public final class Page {
    private final String title;
    private final StringBuilder body = new StringBuilder();

    /**
     * @param kicker a short line above the title
     * @param summary the result in one or two sentences
     */
    public Page(String kicker, String title, String summary) {
        this.title = title;
        body.append("<header><p class=\"kicker\">")
                .append(escape(kicker))
                .append("</p><h1>")
                .append(escape(title))
                .append("</h1><p class=\"summary\">")
                .append(escape(summary))
                .append("</p></header>");
    }

    /** Starts a section with a sentence that says how to read it. */
    public Page section(String heading, String explanation) {
        body.append("<section><h2>").append(escape(heading)).append("</h2>");
        if (!explanation.isEmpty()) {
            body.append("<p>").append(escape(explanation)).append("</p>");
        }
        body.append("</section>");
        return this;
    }

    public Page heading(String text) {
        body.append("<h3>").append(escape(text)).append("</h3>");
        return this;
    }

    /** Charts side by side if there is room. */
    public Page figures(List<String> html) {
        body.append("<div class=\"grid2\">");
        html.forEach(body::append);
        body.append("</div>");
        return this;
    }

    /** Adds markup of this package. */
    Page html(String html) {
        body.append(html);
        return this;
    }

    public Page beforeAfter(BeforeAfter table) {
        return html(table.html());
    }

    /**
     * A table of text.
     *
     * @param titles column titles; one that starts with {@code >} is aligned to the right
     */
    public Page table(List<String> titles, List<List<String>> rows) {
        body.append("<div class=\"scroll\"><table><thead><tr>");
        for (String column : titles) {
            boolean right = column.startsWith(">");
            body.append(right ? "<th class=\"number\">" : "<th>")
                    .append(escape(right ? column.substring(1) : column))
                    .append("</th>");
        }
        body.append("</tr></thead><tbody>");
        for (List<String> row : rows) {
            body.append("<tr>");
            for (int i = 0; i < row.size(); i++) {
                body.append(titles.get(i).startsWith(">") ? "<td class=\"number\">" : "<td>")
                        .append(escape(row.get(i)))
                        .append("</td>");
            }
            body.append("</tr>");
        }
        body.append("</tbody></table></div>");
        return this;
    }

    public Page facts(Map<String, String> facts) {
        body.append("<div class=\"card\"><dl>");
        facts.forEach((name, value) -> body.append("<dt>")
                .append(escape(name))
                .append("</dt><dd>")
                .append(escape(value))
                .append("</dd>"));
        body.append("</dl></div>");
        return this;
    }

    public Page points(List<String> points) {
        body.append("<ul>");
        points.forEach(point -> body.append("<li>").append(escape(point)).append("</li>"));
        body.append("</ul>");
        return this;
    }

    /** Commands to type, with a button that copies them. */
    public Page commands(String commands) {
        body.append("<div class=\"command\"><pre>").append(escape(commands)).append("</pre></div>");
        return this;
    }

    /** Samples behind a line that opens them. */
    public Page folded(String line, List<SideBySide> samples) {
        body.append("<details><summary>").append(escape(line)).append("</summary>");
        samples.forEach(sample -> body.append(sample.html()));
        body.append("</details>");
        return this;
    }

    public Page sample(SideBySide sample) {
        return html(sample.html());
    }

    @Override
    public String toString() {
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s</title>
                <link rel="icon" href="data:,">
                <style>%s</style>
                </head>
                <body><main>%s<footer>Written by Attune. This file needs no network.</footer></main>
                <script>%s</script>
                </body>
                </html>
                """.formatted(escape(title), resource("style.css"), body, resource("script.js"));
    }

    /** Writes the page under a temporary name and renames it, so that readers never see half a page. */
    public void write(Path file) {
        try {
            AtomicFiles.write(file, toString());
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": " + e.getMessage(), e);
        }
    }

    private static String resource(String name) {
        return Resources.text(Page.class, "/report/" + name);
    }
}
