package dev.attune.core.data.thirdparty;

import dev.attune.core.data.raw.RowKeys;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The columns of a public dataset or of another tool. */
public interface ThirdPartyShape {
    /** Whether a row has these columns. */
    boolean matches(RowKeys row);

    /**
     * The row in the keys of one of Attune's formats; the keys that are read count as used.
     *
     * @throws ShapeProblem if a value is missing or invalid
     */
    List<ObjectNode> read(RowKeys row);
}
