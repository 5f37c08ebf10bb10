package dev.attune.studio.playground;

import dev.attune.core.text.Message;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of a conversation.
 *
 * @param waiting whether answers are being generated
 * @param votable whether the last answers can be voted on
 * @param better the side to continue from: 0 is left
 */
public record ChatView(String id, List<Comparison> turns, boolean waiting, boolean votable, int better) {
    public ChatView {
        turns = List.copyOf(turns);
    }

    /** A message with both answers, left and right; names of models are hidden if they must not be known yet. */
    public record Comparison(
            String message, List<Side> sides, @Nullable PairVote vote) {
        public Comparison {
            sides = List.copyOf(sides);
        }
    }

    /** One answer under its name. */
    public record Side(String name, ModelAnswer answer) {}

    /** The caller holds the lock of the chat. */
    static ChatView of(Chat chat) {
        Turn last = chat.last();
        PairVote vote = last.vote();
        return new ChatView(
                chat.id(),
                chat.turns().stream().map(turn -> comparison(chat.plan(), turn)).toList(),
                !last.ready(),
                last.votable(),
                vote == null ? 0 : vote.better());
    }

    private static Comparison comparison(Chat.Plan plan, Turn turn) {
        List<Message> messages = turn.prompt().messages();
        boolean hidden = plan.blind() && turn.vote() == null;
        boolean early = hidden && !turn.ready();
        List<Side> sides = new ArrayList<>();
        for (int side = 0; side < 2; side++) {
            int model = turn.shown().get(side);
            String letter = side == 0 ? "A" : "B";
            String name = hidden ? letter : letter + ": " + plan.model(model).name();
            sides.add(new Side(name, early ? ModelAnswer.PENDING : turn.answer(model)));
        }
        return new Comparison(messages.get(messages.size() - 1).content(), sides, turn.vote());
    }

    public Comparison last() {
        return turns.get(turns.size() - 1);
    }

    /** The last message if it has no answer, for sending it again. */
    public String again() {
        boolean failed = !waiting
                && last().sides().stream().noneMatch(side -> side.answer().given());
        return failed ? last().message() : "";
    }
}
