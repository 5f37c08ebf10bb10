package dev.attune.model.constraint.schema;

import dev.attune.model.constraint.text.NumberSet;
import java.math.BigDecimal;

/** Bounds and steps of numbers. */
final class NumberKeywords {
    static final NumberSet INTEGERS = NumberSet.multiplesOf(BigDecimal.ONE);

    private static final int MAX_SIZE = 300;

    private NumberKeywords() {}

    static NumberSet set(Place place) {
        NumberSet set = NumberSet.ALL;
        if (place.has("multipleOf")) {
            set = set.and(NumberSet.multiplesOf(limited(place, "multipleOf", Keywords.positive(place, "multipleOf"))));
        }
        for (String keyword : new String[] {"minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum"}) {
            BigDecimal bound = place.number(keyword);
            if (bound != null) {
                boolean open = keyword.startsWith("exclusive");
                BigDecimal value = limited(place, keyword, bound);
                set = set.and(
                        keyword.endsWith("inimum") ? NumberSet.atLeast(value, open) : NumberSet.atMost(value, open));
            }
        }
        return set;
    }

    private static BigDecimal limited(Place place, String keyword, BigDecimal value) {
        if (value.signum() != 0 && (Math.abs(value.scale()) > MAX_SIZE || value.precision() > MAX_SIZE)) {
            throw place.refuse(keyword, "has more than " + MAX_SIZE + " digits", "use a simpler number");
        }
        return value;
    }
}
