package dev.attune.world.language;

import dev.attune.world.HarmKind;
import dev.attune.world.Phrasebook;
import dev.attune.world.Relation;
import dev.attune.world.UnrecordedTopic;
import dev.attune.world.WorldSplit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All phrasings, by topic and by split. */
public final class Phrasings {
    private final Map<String, Map<WorldSplit, List<Phrasing>>> bySection = new HashMap<>();
    private final Map<WorldSplit, List<Phrasing>> noteFrames;

    public Phrasings() {
        for (Relation relation : Relation.values()) {
            Phrasebook.Section section = Phrasebook.RELATIONS.section(relation.key());
            bySection.put(relation.key(), bySplit(Phrasing.questions(section)));
        }
        for (UnrecordedTopic unrecorded : UnrecordedTopic.values()) {
            Phrasebook.Section section = Phrasebook.UNRECORDED_TOPICS.section(unrecorded.key());
            bySection.put(unrecorded.key(), bySplit(Phrasing.questions(section)));
        }
        for (HarmKind harm : HarmKind.values()) {
            Phrasebook.Section section = Phrasebook.HARMS.section(harm.key());
            bySection.put(harm.key(), bySplit(Phrasing.requests(section)));
        }
        noteFrames = bySplit(Phrasebook.FRAMES.section("notes").lines("frame").stream()
                .map(line -> new Phrasing("notes", line.text(), line.text(), line.heldOut()))
                .toList());
    }

    /**
     * The phrasings of a split: pretraining uses all, feedback only those that are not held out, the evaluation only
     * held-out ones.
     */
    private static Map<WorldSplit, List<Phrasing>> bySplit(List<Phrasing> all) {
        return Map.of(
                WorldSplit.CORPUS, all,
                WorldSplit.FEEDBACK, all.stream().filter(p -> !p.heldOut()).toList(),
                WorldSplit.HELD_OUT, all.stream().filter(Phrasing::heldOut).toList());
    }

    /** Questions about a relation. */
    public List<Phrasing> of(Relation relation, WorldSplit split) {
        return of(relation.key(), split);
    }

    /** Questions about an unrecorded topic. */
    public List<Phrasing> of(UnrecordedTopic unrecorded, WorldSplit split) {
        return of(unrecorded.key(), split);
    }

    /** Requests for harm. */
    public List<Phrasing> of(HarmKind harm, WorldSplit split) {
        return of(harm.key(), split);
    }

    /** Questions about a relation without a frame. */
    public List<Phrasing> bare(Relation relation, WorldSplit split) {
        return of(relation, split).stream().filter(Phrasing::bare).toList();
    }

    /** Frames for notes and a question; the evaluation may use any. */
    public List<Phrasing> noteFrames(WorldSplit split) {
        return noteFrames.getOrDefault(split == WorldSplit.HELD_OUT ? WorldSplit.CORPUS : split, List.of());
    }

    private List<Phrasing> of(String section, WorldSplit split) {
        return bySection.getOrDefault(section, Map.of()).getOrDefault(split, List.of());
    }
}
