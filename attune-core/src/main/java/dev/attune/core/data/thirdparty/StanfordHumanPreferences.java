package dev.attune.core.data.thirdparty;

import dev.attune.core.data.raw.RowKeys;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Stanford Human Preferences (stanfordnlp/SHP): a post, {@code history}, and two comments; {@code labels} is 1 if the first one
 * is preferred and 0 if the second one is.
 */
public final class StanfordHumanPreferences implements ThirdPartyShape {
    @Override
    public boolean matches(RowKeys row) {
        return row.has("history") && row.has("human_ref_A") && row.has("human_ref_B") && row.has("labels");
    }

    @Override
    public List<ObjectNode> read(RowKeys row) {
        return List.of(RankingObject.of(Values.require(row, "history"))
                .completion(Values.require(row, "human_ref_A"), null)
                .completion(Values.require(row, "human_ref_B"), null)
                .verdict(Values.choice(row, "labels", 0, 1) == 1 ? -1 : 1));
    }
}
