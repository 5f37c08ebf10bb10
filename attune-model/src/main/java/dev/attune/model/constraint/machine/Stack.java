package dev.attune.model.constraint.machine;

import dev.attune.model.constraint.schema.ObjectShape;
import dev.attune.model.constraint.text.Dfa;
import dev.attune.model.constraint.text.JsonText;
import org.jspecify.annotations.Nullable;

/** One way to read what has been read: frames in one another. Immutable. */
public final class Stack {
    private static final int UNKNOWN = -1;

    private final Frame top;
    private final @Nullable Stack below;
    private final int levels;
    private int distance = UNKNOWN;

    /** @param levels how many more arrays and objects may be opened */
    Stack(Frame top, @Nullable Stack below, int levels) {
        this.top = top;
        this.below = below;
        this.levels = levels;
    }

    public Frame top() {
        return top;
    }

    @Nullable
    Stack below() {
        return below;
    }

    int levels() {
        return levels;
    }

    /** The same with another frame on top. */
    Stack with(Frame frame) {
        return new Stack(frame, below, levels);
    }

    /** The fewest bytes to the end of the text; {@link Dfa#INFINITE} if there is no end. */
    public int distance() {
        if (distance == UNKNOWN) {
            boolean counted = top instanceof Frame.Key key && key.set() >= 0;
            int rest = below == null || counted ? 0 : below.distance();
            distance = Math.min(Dfa.INFINITE, rest + own());
        }
        return distance;
    }

    private int own() {
        if (top instanceof Frame.Before before) {
            return before.node().distance(levels);
        }
        if (top instanceof Frame.Word word) {
            return word.word().length() - word.at();
        }
        if (top instanceof Frame.Digits number) {
            return number.set().distance(number.text());
        }
        if (top instanceof Frame.Text text) {
            return JsonText.distance(text.dfa(), text.state()) + 1;
        }
        if (top instanceof Frame.Key key) {
            return key(key);
        }
        if (top instanceof Frame.Colon colon) {
            return 1 + colon.value().distance(levels);
        }
        if (top instanceof Frame.Items items) {
            return items.shape().distance(items.point(), levels);
        }
        return top instanceof Frame.Members members ? members(members) : 0;
    }

    private int key(Frame.Key key) {
        int own = JsonText.distance(key.dfa(), key.state()) + 2 + key.value().distance(levels);
        if (key.set() < 0 || below == null || !(below.top instanceof Frame.Members members)) {
            return own;
        }
        ObjectShape.Point after = members.shape().afterAny(members.point(), key.set());
        Stack outer = below.below;
        int rest = outer == null ? 0 : outer.distance();
        return Math.min(Dfa.INFINITE, own + members.shape().distance(after, levels) + rest);
    }

    private int members(Frame.Members members) {
        int all = members.shape().distance(members.point(), levels);
        // After a comma there must be a member, of which the comma has been paid.
        return members.phase() == Frame.Phase.OPEN || members.phase() == Frame.Phase.AFTER
                ? all
                : members.shape().distanceAfterComma(members.point(), levels);
    }
}
