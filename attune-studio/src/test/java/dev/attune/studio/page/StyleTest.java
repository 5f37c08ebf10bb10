package dev.attune.studio.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Rules of pages must not reach into rendered Markdown, which may stand anywhere in them. */
class StyleTest {
    /** An element that Markdown can make, as a descendant and not as a child of what is named before it. */
    private static final Pattern REACHING =
            Pattern.compile(".*[^>\\s] +(p|h[1-6]|ul|ol|li|blockquote|pre|code|em|strong|a|img|hr)(::?[a-z-]+)*");

    private static List<String> selectors() throws IOException {
        try (InputStream css = StyleTest.class.getResourceAsStream("/assets/studio.css")) {
            String text = new String(css.readAllBytes(), StandardCharsets.UTF_8)
                    .replaceAll("(?s)/\\*.*?\\*/", "")
                    .replaceAll("@media[^{]*\\{", "");
            return Pattern.compile("([^{}]+)\\{[^{}]*}")
                    .matcher(text)
                    .results()
                    .flatMap(rule -> Arrays.stream(rule.group(1).split(",(?![^(]*\\))")))
                    .map(selector -> selector.strip().replaceAll("\\s+", " "))
                    .toList();
        }
    }

    @Test
    void rulesOfPagesDoNotReachIntoMarkdown() throws IOException {
        assertThat(selectors())
                .contains(".rows > li", ".chain > li::before", ".markdown li")
                .filteredOn(selector -> !selector.startsWith(".markdown "))
                .noneMatch(selector -> REACHING.matcher(selector).matches());
        assertThat(".rows li::before").matches(REACHING);
    }

    @Test
    void markdownHasAnElementOfItsOwn() {
        assertThat(Markdown.html("1. one\n2. two")).startsWith("<div class=\"markdown\"><ol>\n<li>one</li>");
    }
}
