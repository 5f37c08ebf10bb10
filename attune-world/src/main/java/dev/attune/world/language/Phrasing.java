package dev.attune.world.language;

import dev.attune.world.Phrasebook;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A phrasing of a question: a hand-written core in a frame, with open slots.
 *
 * @param id names the core and the frame
 * @param core what is asked, without its frame
 * @param heldOut whether core or frame is held out from feedback prompts
 */
public record Phrasing(String id, String core, String pattern, boolean heldOut) {

    /** Every phrasing of a question: its direct forms in question frames and its clauses in clause frames. */
    public static List<Phrasing> questions(Phrasebook.Section section) {
        List<Phrasing> all = new ArrayList<>(cross(section, "question", "question", "q"));
        all.addAll(cross(section, "clause", "clause", "c"));
        return List.copyOf(all);
    }

    /** Every phrasing of a request. */
    public static List<Phrasing> requests(Phrasebook.Section section) {
        return cross(section, "act", "act", "a");
    }

    /** Whether the core has no frame. */
    public boolean bare() {
        return pattern.equals(core);
    }

    private static List<Phrasing> cross(Phrasebook.Section section, String key, String frames, String slot) {
        List<Phrasing> all = new ArrayList<>();
        List<Phrasebook.Line> cores = section.lines(key);
        List<Phrasebook.Line> around = Phrasebook.FRAMES.section(frames).lines("frame");
        for (int core = 0; core < cores.size(); core++) {
            for (int frame = 0; frame < around.size(); frame++) {
                String pattern = Wording.fill(
                        around.get(frame).text(), Map.of(slot, cores.get(core).text()));
                boolean heldOut = cores.get(core).heldOut() || around.get(frame).heldOut();
                all.add(new Phrasing(
                        section.name() + "/" + key + core + "/" + frame,
                        cores.get(core).text(),
                        pattern,
                        heldOut));
            }
        }
        return all;
    }
}
