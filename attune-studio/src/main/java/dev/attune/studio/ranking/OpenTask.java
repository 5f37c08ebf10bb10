package dev.attune.studio.ranking;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The values of a ranking page that a program needs to rank like a browser.
 *
 * @param submission the id of the submission, the same for repeated sends
 */
public record OpenTask(String task, String submission, String csrf, int completions) {
    private static final Pattern TASK = data("task");
    private static final Pattern SUBMISSION = data("submission");
    private static final Pattern CSRF = data("csrf");
    private static final Pattern COMPLETION = Pattern.compile("class=\"completion\"");

    /** The task of a page; empty if nothing is left to rank. */
    public static Optional<OpenTask> of(String page) {
        return page.contains("Nothing is left to rank")
                ? Optional.empty()
                : Optional.of(new OpenTask(first(TASK, page), first(SUBMISSION, page), first(CSRF, page), (int)
                        COMPLETION.matcher(page).results().count()));
    }

    private static Pattern data(String name) {
        return Pattern.compile("data-" + name + "=\"([^\"]+)\"");
    }

    private static String first(Pattern data, String page) {
        Matcher matcher = data.matcher(page);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + data + " in " + page);
        }
        return matcher.group(1);
    }

    /** The path for submissions. */
    public String path() {
        return "/tasks/" + task + "/rankings";
    }

    /** A submission under one criterion: the completions in the order of the task, best first. */
    public String inOrder(String criterion) {
        StringBuilder order = new StringBuilder();
        for (int i = 0; i < completions; i++) {
            order.append(i == 0 ? "" : ",").append('[').append(i).append(']');
        }
        return "{\"id\":\"" + submission + "\",\"seconds\":1,\"judgements\":[{\"criterion\":\"" + criterion
                + "\",\"order\":[" + order + "],\"unranked\":[],\"all_bad\":false}]}";
    }
}
