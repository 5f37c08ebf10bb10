package dev.attune.world.judge;

import dev.attune.world.Entity;
import dev.attune.world.EntityType;
import dev.attune.world.HarmKind;
import dev.attune.world.Phrasebook;
import dev.attune.world.PromptKind;
import dev.attune.world.Query;
import dev.attune.world.Query.FactQuery;
import dev.attune.world.Query.HarmQuery;
import dev.attune.world.Query.Source;
import dev.attune.world.Query.TopicQuery;
import dev.attune.world.Question;
import dev.attune.world.Relation;
import dev.attune.world.UnrecordedTopic;
import dev.attune.world.World;
import dev.attune.world.WorldSplit;
import dev.attune.world.language.Template;
import dev.attune.world.language.Wording;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Parses the text of a question into the query that {@link dev.attune.world.prompt.Prompts} generated it from. */
public final class QuestionReader {
    private static final String SENTENCE_END = ". ";

    private final World world;
    private final Map<EntityType, Set<String>> unknownNames = new EnumMap<>(EntityType.class);
    private final Map<Relation, List<Template>> statements = new EnumMap<>(Relation.class);
    private final List<Template> noteFrames;
    private final Manner direct;
    private final List<Manner> politeness;

    /**
     * The core of a question, with the query for its filled slots; empty if the slots contain no names of the valley.
     */
    private record Core(Template template, Function<Map<String, String>, Optional<Query>> asked) {
        Optional<Query> read(String text) {
            return template.read(text).flatMap(asked);
        }
    }

    /** Frames, and the cores that fill their slot. */
    private record Manner(List<Template> frames, String slot, List<Core> cores) {
        Optional<Query> read(String text) {
            return frames.stream()
                    .flatMap(frame -> frame.read(text).stream())
                    .flatMap(slots -> core(slots.get(slot)).stream())
                    .findFirst();
        }

        Optional<Query> core(@Nullable String text) {
            return text == null
                    ? Optional.empty()
                    : cores.stream().flatMap(core -> core.read(text).stream()).findFirst();
        }
    }

    public QuestionReader(World world) {
        this.world = world;
        for (EntityType type : EntityType.values()) {
            Set<String> names = new HashSet<>();
            for (WorldSplit split : WorldSplit.values()) {
                names.addAll(world.names().unknownNames(type, split));
            }
            unknownNames.put(type, names);
        }
        for (Relation relation : Relation.values()) {
            statements.put(
                    relation,
                    templates(Phrasebook.RELATIONS.section(relation.key()).texts("state")));
        }
        noteFrames = templates(Phrasebook.FRAMES.section("notes").texts("frame").stream()
                .map(frame -> frame.replace("{n} {q}", "{body}"))
                .toList());
        direct = new Manner(frames("question"), "q", questions("question"));
        politeness = List.of(
                direct,
                new Manner(frames("clause"), "c", questions("clause")),
                new Manner(frames("act"), "a", requests()));
    }

    private static List<Template> templates(List<String> phrasings) {
        return phrasings.stream().map(Template::new).toList();
    }

    private static List<Template> frames(String section) {
        return templates(Phrasebook.FRAMES.section(section).texts("frame"));
    }

    private List<Core> questions(String key) {
        List<Core> cores = new ArrayList<>();
        for (Relation relation : Relation.values()) {
            for (String text : Phrasebook.RELATIONS.section(relation.key()).texts(key)) {
                cores.add(new Core(new Template(text), slots -> fact(relation, slots)));
            }
        }
        for (UnrecordedTopic unrecorded : UnrecordedTopic.values()) {
            for (String text :
                    Phrasebook.UNRECORDED_TOPICS.section(unrecorded.key()).texts(key)) {
                cores.add(new Core(new Template(text), slots -> unrecorded(unrecorded, slots)));
            }
        }
        return cores;
    }

    private List<Core> requests() {
        return Arrays.stream(HarmKind.values())
                .flatMap(harm -> Phrasebook.HARMS.section(harm.key()).texts("act").stream()
                        .map(text -> new Core(new Template(text), slots -> harm(harm, text, slots))))
                .toList();
    }

    /** The query of a text; empty if it is not a question of this world. */
    public Optional<Question> read(String text) {
        return noteFrames.stream()
                .flatMap(frame -> frame.read(text).stream())
                .flatMap(slots -> noted(String.valueOf(slots.get("body"))).stream())
                .findFirst()
                .or(() -> politeness.stream()
                        .flatMap(manner -> manner.read(text).stream())
                        .findFirst())
                .map(asked -> new Question(kind(asked), text, asked));
    }

    private static PromptKind kind(Query asked) {
        if (asked instanceof HarmQuery) {
            return PromptKind.HARMFUL;
        }
        return asked instanceof FactQuery fact && fact.truth() != null
                ? PromptKind.ANSWERABLE
                : PromptKind.UNANSWERABLE;
    }

    private Optional<Query> fact(Relation relation, Map<String, String> slots) {
        return entity(slots.get("e"), relation.subject())
                .map(entity -> new FactQuery(
                        entity,
                        world.entity(entity.name()).isPresent(),
                        relation,
                        world.value(entity, relation).orElse(null),
                        Source.CLOSED_BOOK));
    }

    private Optional<Query> unrecorded(UnrecordedTopic unrecorded, Map<String, String> slots) {
        return entity(slots.get("e"), unrecorded.subject()).map(entity -> new TopicQuery(entity, unrecorded));
    }

    private Optional<Query> harm(HarmKind harm, String act, Map<String, String> slots) {
        Optional<Entity> person = entity(slots.get("p"), EntityType.PERSON);
        Optional<Entity> place = entity(slots.get("l"), EntityType.PLACE);
        boolean named = person.isPresent() == slots.containsKey("p") && place.isPresent() == slots.containsKey("l");
        return named
                ? Optional.of(new HarmQuery(harm, Wording.fill(act, slots), person.orElse(null), place.orElse(null)))
                : Optional.empty();
    }

    /** Notes, and after their last sentence the question. */
    private Optional<Query> noted(String body) {
        int cut = body.lastIndexOf(SENTENCE_END);
        if (cut < 0) {
            return Optional.empty();
        }
        List<String> notes = List.of(body.substring(0, cut + 1).split("(?<=\\.) ", -1));
        return direct.core(body.substring(cut + SENTENCE_END.length()))
                .filter(FactQuery.class::isInstance)
                .map(FactQuery.class::cast)
                .map(fact -> new FactQuery(
                        fact.entity(), fact.known(), fact.relation(), notedValue(fact, notes), Source.NOTES));
    }

    private @Nullable String notedValue(FactQuery fact, List<String> notes) {
        return notes.stream()
                .flatMap(note -> notedValue(fact, note))
                .findFirst()
                .orElse(null);
    }

    private Stream<String> notedValue(FactQuery fact, String note) {
        return statements.getOrDefault(fact.relation(), List.of()).stream()
                .flatMap(statement -> statement.read(note).stream())
                .filter(slots -> fact.entity().name().equalsIgnoreCase(slots.get("e")))
                .flatMap(slots ->
                        world.values(fact.relation()).stream().filter(value -> value.equalsIgnoreCase(slots.get("v"))));
    }

    private Optional<Entity> entity(@Nullable String name, EntityType type) {
        if (name == null) {
            return Optional.empty();
        }
        Optional<Entity> known = world.entity(name).filter(entity -> entity.type() == type);
        if (known.isPresent()) {
            return known;
        }
        Entity other = new Entity(name, type);
        return unknownNames.getOrDefault(type, Set.of()).contains(other.shortName())
                ? Optional.of(other)
                : Optional.empty();
    }
}
