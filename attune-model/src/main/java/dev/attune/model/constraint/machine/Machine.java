package dev.attune.model.constraint.machine;

import dev.attune.model.constraint.schema.ArrayShape;
import dev.attune.model.constraint.schema.Node;
import dev.attune.model.constraint.schema.ObjectShape;
import dev.attune.model.constraint.schema.Shapes;
import dev.attune.model.constraint.text.Dfa;
import dev.attune.model.constraint.text.JsonText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads bytes. A text may be read in several ways at once; each leads to an end, and the text is invalid when none is
 * left.
 */
public final class Machine {
    private Machine() {}

    /** Before the first byte of a value. */
    public static List<Stack> start(Node root, int levels) {
        return root.distance(levels) >= Dfa.INFINITE
                ? List.of()
                : List.of(new Stack(new Frame.Before(root, false), null, levels));
    }

    /** The ways after one more byte, 0 to 255; empty if it may not follow. */
    public static List<Stack> step(List<Stack> ways, int value) {
        if (ways.size() == 1) {
            return step(ways.get(0), value);
        }
        List<Stack> next = new ArrayList<>();
        ways.forEach(way -> step(way, value, next));
        return next;
    }

    /** The ways from one after one more byte. */
    public static List<Stack> step(Stack way, int value) {
        List<Stack> next = new ArrayList<>(1);
        step(way, value, next);
        return next;
    }

    /** The ways after several bytes. */
    public static List<Stack> step(List<Stack> ways, int[] values) {
        List<Stack> next = ways;
        for (int i = 0; i < values.length && !next.isEmpty(); i++) {
            next = step(next, values[i]);
        }
        return next;
    }

    /**
     * The ways after the closing quote of a string or key, whatever its text is; a key that is not that of a property is
     * taken for a new one.
     */
    public static List<Stack> closed(Stack way) {
        List<Stack> next = new ArrayList<>(1);
        if (!(way.top() instanceof Frame.Key key)) {
            resume(way, next);
            return next;
        }
        Stack below = way.below();
        if (below == null || !(below.top() instanceof Frame.Members members)) {
            return next;
        }
        Frame.Members after = members;
        if (key.set() >= 0) {
            ObjectShape.Point point = members.shape().afterAny(members.point(), key.set());
            after = new Frame.Members(members.shape(), point, Frame.Phase.AFTER);
        }
        addIfAlive(new Stack(new Frame.Colon(key.value()), below.with(after), way.levels()), next);
        return next;
    }

    /** Whether the text is valid as it is. */
    public static boolean mayEnd(List<Stack> ways) {
        return ways.stream().anyMatch(way -> way.distance() == 0);
    }

    /** Whether nothing may follow. */
    public static boolean isDone(List<Stack> ways) {
        for (Stack way : ways) {
            boolean number = way.below() == null && way.top() instanceof Frame.Digits;
            if (number ? continues(way) : !(way.top() instanceof Frame.Done)) {
                return false;
            }
        }
        return true;
    }

    private static boolean continues(Stack way) {
        for (int value : "0123456789.eE+-".getBytes(java.nio.charset.StandardCharsets.US_ASCII)) {
            if (!step(way, value).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** The fewest bytes to the end. */
    public static int distance(List<Stack> ways) {
        int best = Dfa.INFINITE;
        for (Stack way : ways) {
            best = Math.min(best, way.distance());
        }
        return best;
    }

    private static void step(Stack way, int value, List<Stack> next) {
        Frame top = way.top();
        if (top instanceof Frame.Text text) {
            long to = JsonText.step(text.dfa(), text.state(), value);
            if (to == JsonText.CLOSED) {
                resume(way, next);
            } else if (to != JsonText.DEAD) {
                next.add(way.with(new Frame.Text(text.dfa(), to)));
            }
        } else if (top instanceof Frame.Key key) {
            key(way, key, value, next);
        } else if (top instanceof Frame.Before before) {
            if (value == ' ' && before.space()) {
                next.add(way.with(new Frame.Before(before.node(), false)));
            } else {
                begin(way, before.node().shapes(), value, next);
            }
        } else if (top instanceof Frame.Digits number) {
            number(way, number, value, next);
        } else if (top instanceof Frame.Word word) {
            word(way, word, value, next);
        } else if (top instanceof Frame.Colon colon) {
            if (value == ':') {
                next.add(way.with(new Frame.Before(colon.value(), true)));
            }
        } else if (top instanceof Frame.Items items) {
            items(way, items, value, next);
        } else if (top instanceof Frame.Members members) {
            members(way, members, value, next);
        }
    }

    /** After the last byte of a value. */
    private static void resume(Stack way, List<Stack> next) {
        Stack below = way.below();
        next.add(below == null ? way.with(new Frame.Done()) : below);
    }

    private static void begin(Stack way, Shapes shapes, int value, List<Stack> next) {
        if (value == '"') {
            if (!shapes.texts().isEmpty()) {
                next.add(way.with(new Frame.Text(shapes.texts(), JsonText.START)));
            }
        } else if (value == '{' || value == '[') {
            container(way, shapes, value, next);
        } else if (value == '-' || isDigit(value)) {
            for (Shapes.Num number : shapes.numbers()) {
                number(way, new Frame.Digits(number.text(), ""), value, next);
            }
        } else if (value == 't' && shapes.isTrue()) {
            next.add(way.with(new Frame.Word("true", 1)));
        } else if (value == 'f' && shapes.isFalse()) {
            next.add(way.with(new Frame.Word("false", 1)));
        } else if (value == 'n' && shapes.isNull()) {
            next.add(way.with(new Frame.Word("null", 1)));
        }
    }

    private static void container(Stack way, Shapes shapes, int value, List<Stack> next) {
        if (way.levels() <= 0) {
            return;
        }
        int levels = way.levels() - 1;
        List<Frame> frames = new ArrayList<>();
        if (value == '{') {
            shapes.objects().forEach(shape -> frames.add(new Frame.Members(shape, shape.start(), Frame.Phase.OPEN)));
        } else {
            shapes.arrays().forEach(shape -> frames.add(new Frame.Items(shape, shape.start(), true)));
        }
        for (Frame frame : frames) {
            addIfAlive(new Stack(frame, way.below(), levels), next);
        }
    }

    /** Frames below have their own levels: only the top one is asked. */
    private static boolean addIfAlive(Stack way, List<Stack> next) {
        boolean alive = way.distance() < Dfa.INFINITE;
        if (alive) {
            next.add(way);
        }
        return alive;
    }

    private static boolean isDigit(int value) {
        return value >= '0' && value <= '9';
    }

    private static void number(Stack way, Frame.Digits number, int value, List<Stack> next) {
        boolean part = isDigit(value) || "-+.eE".indexOf(value) >= 0;
        if (part) {
            String text = number.text() + (char) value;
            if (number.set().begins(text)) {
                next.add(way.with(new Frame.Digits(number.set(), text)));
            }
        } else if (way.below() != null && number.set().ends(number.text())) {
            step(way.below(), value, next);
        }
    }

    private static void word(Stack way, Frame.Word word, int value, List<Stack> next) {
        if (word.word().charAt(word.at()) != value) {
            return;
        }
        if (word.at() + 1 == word.word().length()) {
            resume(way, next);
        } else {
            next.add(way.with(new Frame.Word(word.word(), word.at() + 1)));
        }
    }

    private static void items(Stack way, Frame.Items items, int value, List<Stack> next) {
        if (value == ']') {
            if (items.shape().mayEnd(items.point())) {
                resume(way, next);
            }
            return;
        }
        if (value != ',' && !items.open()) {
            return;
        }
        for (ArrayShape.Choice choice : items.shape().choices(items.point())) {
            Stack after = way.with(new Frame.Items(items.shape(), choice.after(), false));
            Stack item = new Stack(new Frame.Before(choice.item(), !items.open()), after, way.levels());
            if (item.distance() >= Dfa.INFINITE) {
                continue;
            }
            if (items.open()) {
                step(item, value, next);
            } else {
                next.add(item);
            }
        }
    }

    private static void members(Stack way, Frame.Members members, int value, List<Stack> next) {
        Frame.Phase phase = members.phase();
        if (phase == Frame.Phase.AFTER || phase == Frame.Phase.OPEN) {
            if (value == '}') {
                if (members.shape().mayEnd(members.point())) {
                    resume(way, next);
                }
                return;
            }
            if (phase == Frame.Phase.AFTER) {
                if (value == ',') {
                    addIfAlive(way.with(in(members, Frame.Phase.COMMA)), next);
                }
                return;
            }
        }
        if (value == ' ' && phase == Frame.Phase.COMMA) {
            next.add(way.with(in(members, Frame.Phase.SPACE)));
        } else if (value == '"') {
            keys(way, members, next);
        }
    }

    private static Frame.Members in(Frame.Members members, Frame.Phase phase) {
        return new Frame.Members(members.shape(), members.point(), phase);
    }

    private static void keys(Stack way, Frame.Members members, List<Stack> next) {
        ObjectShape shape = members.shape();
        ObjectShape.Point point = members.point();
        int required = shape.nextRequired(point);
        for (int i = point.next(); i < Math.min(required + 1, shape.properties().size()); i++) {
            ObjectShape.Property property = shape.properties().get(i);
            Frame after = new Frame.Members(shape, shape.after(point, i), Frame.Phase.AFTER);
            Frame key = new Frame.Key(property.text(), JsonText.START, property.value(), -1, null);
            addIfAlive(new Stack(key, way.with(after), way.levels()), next);
        }
        if (required < shape.properties().size()) {
            return;
        }
        for (int set = 0; set < point.others().size(); set++) {
            ObjectShape.Others others = point.others().get(set);
            if (!others.keys().isEmpty()) {
                Frame key = new Frame.Key(others.keys(), JsonText.START, others.value(), set, null);
                addIfAlive(new Stack(key, way, way.levels()), next);
            }
        }
    }

    private static void key(Stack way, Frame.Key key, int value, List<Stack> next) {
        long to = JsonText.step(key.dfa(), key.state(), value);
        if (to == JsonText.DEAD) {
            return;
        }
        if (to != JsonText.CLOSED) {
            Frame.Bytes bytes = key.set() < 0 ? null : new Frame.Bytes(value, key.bytes());
            next.add(way.with(new Frame.Key(key.dfa(), to, key.value(), key.set(), bytes)));
            return;
        }
        Stack below = key.set() < 0 ? way.below() : after(way, key);
        if (below != null) {
            next.add(new Stack(new Frame.Colon(key.value()), below, way.levels()));
        }
    }

    private static @Nullable Stack after(Stack way, Frame.Key key) {
        Stack below = way.below();
        if (below == null || !(below.top() instanceof Frame.Members members)) {
            return null;
        }
        ObjectShape.Point point = members.shape().after(members.point(), key.set(), KeyText.of(key.bytes()));
        return point == null ? null : below.with(new Frame.Members(members.shape(), point, Frame.Phase.AFTER));
    }
}
