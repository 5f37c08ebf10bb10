package dev.attune.studio.playground;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A conversation as it can be shown at one moment.
 *
 * @param waiting whether answers are on their way
 * @param votable whether the last answers can be voted on
 * @param better the side that the conversation best goes on from: 0 is left
 */
public record ChatView(String id, List<Exchange> turns, boolean waiting, boolean votable, int better) {
    public ChatView {
        turns = List.copyOf(turns);
    }

    /** A message with both answers, left and right; names of models are hidden where they must not be known yet. */
    public record Exchange(
            String message, List<Side> sides, @Nullable Verdict verdict) {
        public Exchange {
            sides = List.copyOf(sides);
        }
    }

    /** One answer under its name. */
    public record Side(String name, Answer answer) {}

    public Exchange last() {
        return turns.get(turns.size() - 1);
    }

    /** The message again, where nobody answered it. */
    public String again() {
        boolean failed = !waiting
                && last().sides().stream().noneMatch(side -> side.answer().given());
        return failed ? last().message() : "";
    }
}
