package dev.attune.core.data.thirdparty;

import dev.attune.core.data.raw.RowKeys;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The preferences of HelpSteer2 ({@code preference_strength}) and HelpSteer3 ({@code overall_preference}): from -3, the first
 * response is much better, to 3, the second one is. 0 is a tie.
 */
public final class HelpSteerPreference implements ThirdPartyShape {
    private static final int STRONGEST = 3;
    private static final List<String> STRENGTH = List.of("preference_strength", "overall_preference");
    private static final List<String> FIRST = List.of("response_1", "response1");
    private static final List<String> SECOND = List.of("response_2", "response2");

    @Override
    public boolean matches(RowKeys row) {
        return strength(row) != null && row.first(FIRST) != null && row.first(SECOND) != null;
    }

    @Override
    public List<ObjectNode> read(RowKeys row) {
        String key = strength(row);
        int strength = Values.choice(row, key == null ? STRENGTH.get(0) : key, -STRONGEST, STRONGEST);
        return List.of(RankingObject.of(Values.requireFirst(row, List.of("prompt", "context")))
                .completion(Values.requireFirst(row, FIRST), null)
                .completion(Values.requireFirst(row, SECOND), null)
                .verdict(strength));
    }

    private static @Nullable String strength(RowKeys row) {
        return row.first(STRENGTH);
    }
}
