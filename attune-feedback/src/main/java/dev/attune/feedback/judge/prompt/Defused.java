package dev.attune.feedback.judge.prompt;

import dev.attune.feedback.judge.reply.Form;
import dev.attune.feedback.judge.reply.JsonField;
import dev.attune.feedback.judge.reply.Keyword;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Changes in a judged text what would speak to the judge: labels in double brackets and of the declared form, marks of the
 * prompt's blocks in any case and spacing, think tags, and control tokens of chat templates. Everything else stays as
 * typed.
 */
public final class Defused {
    private static final String INVISIBLE = "[\\u200b-\\u200f\\u2060\\ufeff\\u00ad]*";
    private static final String GAP = "[\\s_\\u200b-\\u200f\\u2060\\ufeff\\u00ad-]*";
    private static final String OPEN = "(?:[\\[<\\uff3b\\uff1c\\u3008\\u3010]|&lt;)";
    private static final String CLOSE = "(?:[\\]>\\uff3d\\uff1e\\u3009\\u3011]|&gt;)";

    private static final Pattern BRACKETS = Pattern.compile("[\\[\\uff3b]" + GAP + "[\\[\\uff3b]");
    private static final Pattern TAGS = Pattern.compile(
            "[<\\[\\u25c1](\\s*/?\\s*(?:think|thinking|thought|thoughts|reasoning|reflection|scratchpad|s|/?INST)\\s*)"
                    + "[>\\]\\u25b7]",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern CONTROL = Pattern.compile("<(\\|[^|<>\\n]{1,60}\\|)>");

    private Defused() {}

    /**
     * The text without what would speak to the judge.
     *
     * @param marks of the prompt's blocks, such as {@code [END ANSWER]}
     * @param form of the verdict that is asked for
     */
    public static String text(String judged, List<String> marks, Form form) {
        String text = judged;
        for (String mark : marks) {
            text = block(mark)
                    .matcher(text)
                    .replaceAll(found -> Matcher.quoteReplacement(inParentheses(found.group())));
        }
        text = TAGS.matcher(text).replaceAll("($1)");
        text = CONTROL.matcher(text).replaceAll("($1)");
        while (BRACKETS.matcher(text).find()) {
            text = BRACKETS.matcher(text).replaceAll("[ (");
        }
        String word = labelWord(form);
        return word.isEmpty() ? text : colon(word).matcher(text).replaceAll("$1 -");
    }

    private static String labelWord(Form form) {
        if (form instanceof Keyword keyword) {
            return keyword.word();
        }
        return form instanceof JsonField field ? field.name() : "";
    }

    private static Pattern colon(String word) {
        return Pattern.compile(
                "(?<![\\p{L}\\p{N}_])(" + spelled(word) + "[*_`\"'~\\s]{0,4})[:=\\uff1a]",
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    private static String inParentheses(String mark) {
        return mark.replaceFirst("^" + OPEN, "(").replaceFirst(CLOSE + "$", ")");
    }

    private static Pattern block(String mark) {
        String words = mark.substring(1, mark.length() - 1).replace("/", " ").strip();
        String letters = Pattern.compile("\\s+")
                .splitAsStream(words)
                .map(Defused::spelled)
                .collect(Collectors.joining(GAP));
        return Pattern.compile(
                OPEN + GAP + "/?" + GAP + letters + GAP + "/?" + GAP + CLOSE,
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    private static String spelled(String word) {
        return word.codePoints()
                .mapToObj(letter -> Pattern.quote(Character.toString(letter)))
                .collect(Collectors.joining(INVISIBLE));
    }
}
