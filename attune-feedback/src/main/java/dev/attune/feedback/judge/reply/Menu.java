package dev.attune.feedback.judge.reply;

import dev.attune.core.stats.rates.UnscoredReason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Labels that a verdict may have. Case, markup and blanks around a label do not matter.
 *
 * @param <T> the type of what the labels mean
 */
public record Menu<T>(List<Option<T>> options) implements Values<T> {
    /** What makes another word of a label before it. */
    private static final Pattern GOES_ON = Pattern.compile("^(?:[\\p{L}\\p{N}]|[+-](?!-)|[/&'_](?=[\\p{L}\\p{N}]))");

    private static final Pattern OR =
            Pattern.compile("^[\\s*_`\"')\\]]*(?:/|\\||\\bor\\b|\\band\\b)[\\s*_`\"'(\\[]*", Pattern.CASE_INSENSITIVE);

    /**
     * One label.
     *
     * @param label as a judge is asked to write it
     * @param others further spellings, such as "incorrect" of I
     */
    public record Option<T>(String label, T value, List<String> others) {
        public Option {
            others = List.copyOf(others);
        }

        /** All spellings, the label first, as {@link Plain#label} writes them. */
        List<String> spellings() {
            return Stream.concat(Stream.of(label), others.stream())
                    .map(Plain::label)
                    .toList();
        }
    }

    public Menu {
        options = List.copyOf(options);
        List<String> all =
                options.stream().flatMap(option -> option.spellings().stream()).toList();
        if (all.isEmpty() || all.contains("") || all.stream().distinct().count() < all.size()) {
            throw new IllegalArgumentException("the labels of a menu are not distinct: " + all);
        }
    }

    /** A menu of labels that mean themselves. */
    public static Menu<String> of(String... labels) {
        return new Menu<>(Stream.of(labels)
                .map(label -> new Option<>(label, label, List.of()))
                .toList());
    }

    /** A menu with a single label; {@link #and} adds others. */
    public static <T> Menu<T> meaning(String label, T value, String... others) {
        return new Menu<>(List.of(new Option<>(label, value, List.of(others))));
    }

    /** This menu with one more label. */
    public Menu<T> and(String label, T value, String... others) {
        List<Option<T>> more = new ArrayList<>(options);
        more.add(new Option<>(label, value, List.of(others)));
        return new Menu<>(more);
    }

    /** The labels, in order. */
    public List<String> labels() {
        return options.stream().map(Option::label).toList();
    }

    /** The same labels and spellings, each label meaning itself. */
    public Menu<String> named() {
        return new Menu<>(options.stream()
                .map(option -> new Option<>(option.label(), option.label(), option.others()))
                .toList());
    }

    @Override
    public String expected() {
        return labels().stream().collect(Collectors.joining(", ", "one of ", ""));
    }

    /** The option with this spelling; empty if none has it. */
    public Optional<Option<T>> option(String text) {
        String plain = Plain.label(text);
        return options.stream()
                .filter(option -> option.spellings().contains(plain))
                .findFirst();
    }

    @Override
    public Found<T> whole(String text) {
        return option(text).map(option -> Found.value(option.value())).orElseGet(() -> option(withoutParentheses(text))
                .map(option -> Found.value(option.value()))
                .orElseGet(() -> Found.offMenu(text, this)));
    }

    private static String withoutParentheses(String text) {
        return text.strip().replaceFirst("^\\((.*)\\)$", "$1");
    }

    @Override
    public Found<T> leading(String text) {
        Optional<Match<T>> first = match(text);
        if (first.isEmpty()) {
            return Found.offMenu(text.lines().findFirst().orElse(""), this);
        }
        Match<T> match = first.get();
        String rest = text.substring(match.end());
        Matcher or = OR.matcher(rest);
        if (or.find()) {
            Optional<Match<T>> second = match(rest.substring(or.end()));
            if (second.isPresent() && !second.get().option().equals(match.option())) {
                return Found.nothing(
                        UnscoredReason.CONTRADICTORY,
                        "two labels: " + match.option().label() + " and "
                                + second.get().option().label());
            }
        }
        return Found.value(match.option().value());
    }

    private record Match<T>(Option<T> option, int end) {}

    /** The longest spelling with which a text begins, as whole words. */
    private Optional<Match<T>> match(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return options.stream()
                .flatMap(option -> option.spellings().stream().flatMap(spelling -> endOf(spelling, lower).stream()
                        .filter(end -> !goesOn(text, end))
                        .map(end -> new Match<>(option, end))))
                .max(Comparator.comparingInt(Match::end));
    }

    private static Optional<Integer> endOf(String spelling, String lower) {
        Matcher matcher = Pattern.compile("^" + Words.pattern(spelling)).matcher(lower);
        return matcher.find() ? Optional.of(matcher.end()) : Optional.empty();
    }

    /** Whether a label is only the beginning of a word, as N is of N/A; another label after it is an alternative. */
    private boolean goesOn(String text, int end) {
        String rest = text.substring(end);
        Matcher or = OR.matcher(rest);
        boolean alternative = or.find() && match(rest.substring(or.end())).isPresent();
        return (!alternative && GOES_ON.matcher(rest).find()) || Words.isPronounOrArticle(text.substring(0, end), rest);
    }
}
