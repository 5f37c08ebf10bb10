package dev.attune.studio.playground;

import dev.attune.core.text.Message;
import java.util.ArrayList;
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

    /** Of a chat that nobody changes meanwhile. */
    static ChatView of(Chat chat) {
        Turn last = chat.last();
        Verdict verdict = last.verdict();
        return new ChatView(
                chat.id(),
                chat.turns().stream().map(turn -> exchange(chat.plan(), turn)).toList(),
                !last.ready(),
                last.votable(),
                verdict == null ? 0 : verdict.better());
    }

    private static Exchange exchange(Chat.Plan plan, Turn turn) {
        List<Message> messages = turn.prompt().messages();
        boolean hidden = plan.blind() && turn.verdict() == null;
        boolean early = hidden && !turn.ready();
        List<Side> sides = new ArrayList<>();
        for (int side = 0; side < 2; side++) {
            int model = turn.shown().get(side);
            String letter = side == 0 ? "A" : "B";
            String name = hidden ? letter : letter + ": " + plan.model(model).name();
            sides.add(new Side(name, early ? Answer.PENDING : turn.answer(model)));
        }
        return new Exchange(messages.get(messages.size() - 1).content(), sides, turn.verdict());
    }

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
