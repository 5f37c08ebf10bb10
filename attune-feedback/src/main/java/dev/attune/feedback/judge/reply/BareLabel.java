package dev.attune.feedback.judge.reply;

import dev.attune.core.stats.rates.UnscoredReason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A verdict without any mark: the reply is a label, or a sentence with one in it as a whole word. The last label counts;
 * one that is denied ("not correct") is passed over, and one that is compared ("better than B") makes the reply
 * contradictory. Labels of one letter count only alone on a line. Numbers are read only if they are the whole reply.
 */
public record BareLabel() implements Form {
    private static final Pattern DENIED =
            Pattern.compile("(?:\\b(?:not|never|no|nor|neither|isn't|wasn't|far from|anything but)|n't)"
                    + "(?:\\s+(?:a|an|the|be|entirely|fully|quite|really))*[\\s\"'*_`]*$");
    private static final Pattern COMPARED = Pattern.compile("\\b(?:than|over|versus|vs\\.?)(?:\\s+the)?[\\s\"'*_`]*$");

    @Override
    public <T> Found<T> find(String text, Values<T> values) {
        Found<T> whole = values.whole(text);
        if (whole instanceof Found.Value || !(values instanceof Menu<T> menu)) {
            return whole;
        }
        List<Mention<T>> mentions = mentions(text.lines().toList(), menu);
        if (mentions.isEmpty()) {
            return Found.nothing(UnscoredReason.NO_VERDICT, "no label");
        }
        List<Mention<T>> stated =
                mentions.stream().filter(mention -> !mention.denied()).toList();
        if (stated.isEmpty() || mentions.stream().anyMatch(Mention::compared)) {
            return Found.nothing(UnscoredReason.CONTRADICTORY, "labels are only denied or compared");
        }
        return Found.value(stated.get(stated.size() - 1).value());
    }

    private record Mention<T>(T value, int at, int end, boolean denied, boolean compared) {
        /** Whether another mention is a part of this one, as "correct" is of "partially correct". */
        boolean contains(Mention<T> other) {
            return at <= other.at && end >= other.end && end - at > other.end - other.at;
        }
    }

    private static <T> List<Mention<T>> mentions(List<String> lines, Menu<T> menu) {
        List<Mention<T>> all = new ArrayList<>();
        for (String line : lines) {
            List<Mention<T>> here = new ArrayList<>();
            menu.option(line.replaceAll("[()\\[\\]]", ""))
                    .ifPresentOrElse(
                            option -> here.add(new Mention<>(option.value(), 0, line.length(), false, false)),
                            () -> menu.options().forEach(option -> addAll(line, option, here)));
            here.stream()
                    .filter(mention -> here.stream().noneMatch(other -> other.contains(mention)))
                    .sorted(Comparator.comparingInt(Mention::end))
                    .forEach(all::add);
        }
        return all;
    }

    private static <T> void addAll(String line, Menu.Option<T> option, List<Mention<T>> into) {
        String lower = line.toLowerCase(Locale.ROOT);
        for (String spelling : option.spellings()) {
            if (spelling.length() < 2) {
                continue;
            }
            Matcher matcher = Pattern.compile("(?<![\\p{L}\\p{N}_])" + Words.pattern(spelling) + "(?![\\p{L}\\p{N}_])")
                    .matcher(lower);
            while (matcher.find()) {
                String before = lower.substring(0, matcher.start());
                into.add(new Mention<>(
                        option.value(),
                        matcher.start(),
                        matcher.end(),
                        DENIED.matcher(before).find(),
                        COMPARED.matcher(before).find()));
            }
        }
    }

    @Override
    public String written(String label) {
        return label;
    }
}
