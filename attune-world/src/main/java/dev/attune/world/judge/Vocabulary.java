package dev.attune.world.judge;

import dev.attune.world.EntityType;
import dev.attune.world.Phrasebook;
import dev.attune.world.World;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The vocabulary of the world, and a check whether a text consists of it. */
final class Vocabulary {
    private static final double STRANGE_SHARE = 0.34;
    private static final int REPEATS = 3;
    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z'-]*");

    private final Set<String> words = new HashSet<>();

    Vocabulary(World world) {
        Stream.of(
                        Phrasebook.RELATIONS,
                        Phrasebook.UNRECORDED_TOPICS,
                        Phrasebook.HARMS,
                        Phrasebook.FRAMES,
                        Phrasebook.ANSWERS,
                        Phrasebook.VALUES)
                .flatMap(book -> book.sections().stream())
                .flatMap(section -> section.lines().values().stream().flatMap(List::stream))
                .forEach(line -> add(line.text().replaceAll("\\{\\w+}", " ")));
        Phrasebook.JUDGE.section("garble-common").values().forEach(this::add);
        Phrasebook.JUDGE.section("deeds").values().forEach(this::add);
        for (EntityType type : EntityType.values()) {
            world.entities(type).forEach(entity -> add(entity.name()));
        }
    }

    private void add(String text) {
        words(text).forEach(word -> words.add(word.toLowerCase(Locale.ROOT)));
    }

    static List<String> words(String text) {
        return WORD.matcher(text).results().map(r -> r.group()).toList();
    }

    boolean knows(String word) {
        String plain = word.toLowerCase(Locale.ROOT);
        return words.contains(plain) || words.contains(plain.replaceAll("('s|s|ed|ing)$", ""));
    }

    /** Whether a text is empty, mostly noise, or repetitive. */
    boolean garbled(String text, String prompt) {
        List<String> said = words(text);
        if (said.isEmpty()) {
            return true;
        }
        Set<String> asked = new HashSet<>(words(prompt));
        long strange = said.stream()
                .filter(word -> !knows(word) && !asked.contains(word) && !Character.isUpperCase(word.charAt(0)))
                .count();
        return strange > STRANGE_SHARE * said.size() || repeats(said);
    }

    /** The same word, pair or triple of words three times in a row. */
    private static boolean repeats(List<String> said) {
        for (int length = 1; length <= REPEATS; length++) {
            for (int start = 0; start + REPEATS * length <= said.size(); start++) {
                List<String> first = said.subList(start, start + length);
                List<String> second = said.subList(start + length, start + 2 * length);
                List<String> third = said.subList(start + 2 * length, start + 3 * length);
                if (first.equals(second) && second.equals(third)) {
                    return true;
                }
            }
        }
        return false;
    }
}
