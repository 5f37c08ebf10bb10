package dev.attune.world;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * All names that the grammar can generate, each assigned once: first to the entities of the valley, the rest to the
 * splits, so that an unknown name of one split never occurs in another. Given names of people are unique; family names
 * recur.
 */
public final class Names {
    private static final Pattern TRIPLE = Pattern.compile("(.)\\1\\1");
    private static final double CORPUS_SHARE = 0.5;
    private static final double FEEDBACK_SHARE = 0.2;

    private final Map<EntityType, List<String>> known = new EnumMap<>(EntityType.class);
    private final Map<EntityType, Map<WorldSplit, List<String>>> unknown = new EnumMap<>(EntityType.class);
    private final List<String> surnames = combine("surname-start", "surname-end");

    /** @param sizes number of entities of each type in the valley */
    public Names(Map<EntityType, Integer> sizes, long seed) {
        for (EntityType type : EntityType.values()) {
            List<String> all = SeededChoices.of(seed, "names " + type.key()).shuffled(grammar(type));
            int size = sizes.getOrDefault(type, 0);
            known.put(type, List.copyOf(all.subList(0, size)));
            unknown.put(type, deal(all.subList(size, all.size())));
        }
    }

    private static Map<WorldSplit, List<String>> deal(List<String> names) {
        int corpus = (int) (names.size() * CORPUS_SHARE);
        int feedback = corpus + (int) (names.size() * FEEDBACK_SHARE);
        Map<WorldSplit, List<String>> dealt = new EnumMap<>(WorldSplit.class);
        dealt.put(WorldSplit.CORPUS, List.copyOf(names.subList(0, corpus)));
        dealt.put(WorldSplit.FEEDBACK, List.copyOf(names.subList(corpus, feedback)));
        dealt.put(WorldSplit.HELD_OUT, List.copyOf(names.subList(feedback, names.size())));
        return dealt;
    }

    private static List<String> grammar(EntityType type) {
        return type == EntityType.PERSON ? givenNames() : combine(type.key() + "-start", type.key() + "-end");
    }

    private static List<String> givenNames() {
        List<String> names = new ArrayList<>();
        for (String start : parts("given-start")) {
            for (String middle : parts("given-middle")) {
                for (String end : parts("given-end")) {
                    names.add(start + middle.replace("-", "") + end);
                }
            }
        }
        return readable(names);
    }

    private static List<String> readable(List<String> names) {
        return names.stream()
                .distinct()
                .filter(name -> !TRIPLE.matcher(name).find())
                .toList();
    }

    private static List<String> combine(String starts, String ends) {
        List<String> names = new ArrayList<>();
        for (String start : parts(starts)) {
            for (String end : parts(ends)) {
                names.add(start + end);
            }
        }
        return readable(names);
    }

    private static List<String> parts(String section) {
        return Phrasebook.NAMES.section(section).values().stream()
                .flatMap(line -> Arrays.stream(line.split(" ")))
                .toList();
    }

    /** The valley's own entities of a type, with family names for people. */
    public List<Entity> knownEntities(EntityType type, SeededChoices choices) {
        return known.getOrDefault(type, List.of()).stream()
                .map(name -> entity(name, type, choices))
                .toList();
    }

    /** An entity that is not in the valley book, with a name that only {@code split} uses. */
    public Entity unknownEntity(EntityType type, WorldSplit split, SeededChoices choices) {
        return entity(choices.pick(unknownNames(type, split)), type, choices);
    }

    /** The unknown names of a split: given names for people. */
    public List<String> unknownNames(EntityType type, WorldSplit split) {
        return unknown.getOrDefault(type, Map.of()).getOrDefault(split, List.of());
    }

    private Entity entity(String name, EntityType type, SeededChoices choices) {
        return new Entity(type == EntityType.PERSON ? name + " " + choices.pick(surnames) : name, type);
    }
}
