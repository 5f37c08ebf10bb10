package dev.attune.model.constraint.schema;

import dev.attune.model.constraint.text.Dfa;
import dev.attune.model.constraint.text.NumberSet;
import dev.attune.model.constraint.text.NumberText;
import java.util.List;

/**
 * Values by their types: a value is one of these if it is one of those of its type.
 *
 * @param texts the texts of strings
 */
public record Shapes(
        boolean isNull,
        boolean isTrue,
        boolean isFalse,
        Dfa texts,
        List<Num> numbers,
        List<ArrayShape> arrays,
        List<ObjectShape> objects) {
    /** No value. */
    static final Shapes NONE = new Shapes(false, false, false, Dfa.none(), List.of(), List.of(), List.of());

    /** A set of numbers with the texts of it. */
    public record Num(NumberSet set, NumberText text) {
        Num(NumberSet set) {
            this(set, new NumberText(set));
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Num number && set.equals(number.set);
        }

        @Override
        public int hashCode() {
            return set.hashCode();
        }
    }

    public Shapes {
        numbers = List.copyOf(numbers);
        arrays = List.copyOf(arrays);
        objects = List.copyOf(objects);
    }

    Shapes withTexts(Dfa other) {
        return new Shapes(isNull, isTrue, isFalse, other, numbers, arrays, objects);
    }

    Shapes withNumbers(List<NumberSet> sets) {
        return new Shapes(
                isNull, isTrue, isFalse, texts, sets.stream().map(Num::new).toList(), arrays, objects);
    }

    Shapes withArrays(List<ArrayShape> others) {
        return new Shapes(isNull, isTrue, isFalse, texts, numbers, others, objects);
    }

    Shapes withObjects(List<ObjectShape> others) {
        return new Shapes(isNull, isTrue, isFalse, texts, numbers, arrays, others);
    }

    /** The fewest bytes of a value; children may have one level less. */
    int distance(int levels) {
        int best = isNull || isTrue ? 4 : isFalse ? 5 : Dfa.INFINITE;
        best = Math.min(best, 2 + texts.distance(Dfa.START));
        for (Num number : numbers) {
            best = Math.min(best, number.text.distance(""));
        }
        if (levels > 0) {
            for (ArrayShape array : arrays) {
                best = Math.min(best, 1 + array.distance(array.start(), levels - 1));
            }
            for (ObjectShape object : objects) {
                best = Math.min(best, 1 + object.distance(object.start(), levels - 1));
            }
        }
        return Math.min(best, Dfa.INFINITE);
    }
}
