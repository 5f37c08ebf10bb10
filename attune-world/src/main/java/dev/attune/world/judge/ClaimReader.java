package dev.attune.world.judge;

import dev.attune.world.Entity;
import dev.attune.world.EntityType;
import dev.attune.world.Phrasebook;
import dev.attune.world.Query.FactQuery;
import dev.attune.world.Query.TopicQuery;
import dev.attune.world.Relation;
import dev.attune.world.UnrecordedTopic;
import dev.attune.world.World;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** Extracts the values that an answer claims for the relation or topic of the question. */
final class ClaimReader {
    /** Represents a value outside the lists. */
    static final String SOMETHING_ELSE = "something else";

    /** Represents a claim about another person than the one asked about. */
    static final String SOMEBODY_ELSE = "somebody else";

    private static final Pattern EMBEDDED_QUESTION =
            Pattern.compile("\\b(where|what|who|whom|whose|which|when|how|why|whether|if)\\b");
    private static final Pattern NUMBER = Pattern.compile("\\d+|\\b(two|three|four|five|six|seven|eight|ten|eleven"
            + "|thirteen|fifteen|seventeen|nineteen|thousand|hundreds|dozen|dozens|several)\\b");
    private static final Pattern CAPITAL = Pattern.compile("[A-Z][a-z]+");
    private static final int SHORT = 5;

    private final World world;
    private final Vocabulary vocabulary;
    private final Map<Relation, Lexicon> facts = new EnumMap<>(Relation.class);
    private final Map<UnrecordedTopic, Lexicon> unrecordedTopics = new EnumMap<>(UnrecordedTopic.class);
    private final Map<EntityType, Lexicon> entities = new EnumMap<>(EntityType.class);

    ClaimReader(World world, Vocabulary vocabulary) {
        this.world = world;
        this.vocabulary = vocabulary;
        for (Relation relation : Relation.values()) {
            facts.put(relation, new Lexicon(forms(world.values(relation))));
        }
        for (UnrecordedTopic unrecorded : UnrecordedTopic.values()) {
            unrecordedTopics.put(
                    unrecorded,
                    Lexicon.of(
                            Phrasebook.VALUES.section(unrecorded.inventions()).values()));
        }
        for (EntityType type : EntityType.values()) {
            entities.put(
                    type,
                    new Lexicon(forms(
                            world.entities(type).stream().map(Entity::name).toList())));
        }
    }

    /** The names of an entity; people are also referred to by their given names. */
    private Map<String, String> forms(List<String> values) {
        Map<String, String> forms = new HashMap<>();
        for (String value : values) {
            forms.put(value, value);
            world.entity(value).ifPresent(entity -> forms.put(entity.shortName(), value));
        }
        return forms;
    }

    /** The values claimed for a recorded relation. */
    Set<String> claims(FactQuery asked, List<Clause> clauses) {
        Set<String> claimed = new LinkedHashSet<>();
        Cues cues = cues(asked.relation().key(), asked.entity());
        for (Clause clause : clauses) {
            if (clause.asserts()) {
                claimed.addAll(claims(asked, clause, cues));
            }
        }
        return claimed;
    }

    private Set<String> claims(FactQuery asked, Clause clause, Cues cues) {
        Set<String> values = new LinkedHashSet<>(
                Objects.requireNonNull(facts.get(asked.relation())).in(clause.plain()));
        values.remove(asked.entity().name().toLowerCase(Locale.ROOT));
        boolean claims = !values.isEmpty() || (asserted(cues, clause) && mentions(asked.entity(), clause));
        if (!claims || aboutAnother(asked, clause, values)) {
            return Set.of();
        }
        if (misnamed(asked, clause, values)) {
            return Set.of(SOMEBODY_ELSE);
        }
        return values.isEmpty() ? Set.of(SOMETHING_ELSE) : values;
    }

    /** Whether the clause is about another entity of the valley. */
    private boolean aboutAnother(FactQuery asked, Clause clause, Set<String> values) {
        if (mentions(asked.entity(), clause)) {
            return false;
        }
        Set<String> others =
                Objects.requireNonNull(entities.get(asked.entity().type())).in(clause.plain());
        boolean valuesArePeers =
                values.stream().findFirst().map(others::contains).orElse(false);
        return others.size() > (valuesArePeers ? 1 : 0);
    }

    /**
     * Whether a person's name in the clause is neither the one asked about nor a value: "Oren Brook" for "Oren Vask".
     */
    private boolean misnamed(FactQuery asked, Clause clause, Set<String> values) {
        String rest = clause.text().replace(asked.entity().name(), " ");
        for (String value : values) {
            rest = rest.replaceAll("(?i)" + Pattern.quote(value), " ");
        }
        String lone = "\\b" + Pattern.quote(asked.entity().shortName()) + "\\b(?! [A-Z])";
        String left = rest.replaceAll(lone, " ");
        return CAPITAL.matcher(left).results().map(m -> m.group()).anyMatch(this::strange);
    }

    private boolean strange(String word) {
        return !vocabulary.knows(word)
                || world.entities(EntityType.PERSON).stream()
                        .anyMatch(person -> person.name().endsWith(" " + word));
    }

    /** The values claimed for an unrecorded topic. */
    Set<String> claims(TopicQuery asked, List<Clause> clauses) {
        Set<String> claimed = new LinkedHashSet<>();
        Cues cues = cues(asked.unrecorded().key(), asked.entity());
        for (Clause clause : clauses) {
            if (!clause.asserts()) {
                continue;
            }
            Set<String> values = Objects.requireNonNull(unrecordedTopics.get(asked.unrecorded()))
                    .in(clause.plain());
            boolean counts = asked.unrecorded().inventions().equals("numbers")
                    && NUMBER.matcher(clause.plain()).find();
            boolean cue = asserted(cues, clause);
            boolean close = mentions(asked.entity(), clause) || clause.plain().split(" ", -1).length <= SHORT;
            if (cue || close) {
                claimed.addAll(values);
            }
            if (values.isEmpty() && (cue || (counts && close))) {
                claimed.add(SOMETHING_ELSE);
            }
        }
        return claimed;
    }

    private static Cues cues(String section, Entity entity) {
        String subject = "\\b(?:" + Pattern.quote(entity.name().toLowerCase(Locale.ROOT)) + "|"
                + Pattern.quote(entity.shortName().toLowerCase(Locale.ROOT)) + "|it|they|he|she)";
        return Cues.of(Phrasebook.CLAIMS.section(section).values().stream()
                .map(cue -> cue.replace("{e}", subject))
                .toList());
    }

    /** Whether the clause has a cue that is not preceded by an embedded question ("where she lives"). */
    private static boolean asserted(Cues cues, Clause clause) {
        int cue = cues.start(clause.plain());
        if (cue < 0) {
            return false;
        }
        var question = EMBEDDED_QUESTION.matcher(clause.plain());
        return !question.find() || question.start() > cue;
    }

    static boolean mentions(Entity entity, Clause clause) {
        return mentions(entity, clause.plain());
    }

    static boolean mentions(Entity entity, String plain) {
        String name = entity.shortName().toLowerCase(Locale.ROOT);
        return Pattern.compile("(?<![\\w-])" + Pattern.quote(name) + "s?(?![\\w-])")
                .matcher(plain)
                .find();
    }
}
