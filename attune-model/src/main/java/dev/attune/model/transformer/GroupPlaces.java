package dev.attune.model.transformer;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The places of a group's weights, counted from the start of the group.
 *
 * @param together of the group as one tensor
 * @param members of its weights, by name
 */
record GroupPlaces(Place together, Map<String, Place> members) {
    /** Each group starts at a multiple of 64 bytes in float32. */
    private static final long ALIGNMENT = 16;

    static GroupPlaces of(WeightLayout.Group group) {
        return group.order() == WeightLayout.Order.ROWS
                ? rows(group)
                : columns(group, group.order() == WeightLayout.Order.TURNED_COLUMNS);
    }

    private static GroupPlaces rows(WeightLayout.Group group) {
        Map<String, Place> members = new LinkedHashMap<>();
        long offset = 0;
        long rows = 0;
        long[] together = new long[0];
        for (Map.Entry<String, long[]> member : group.members().entrySet()) {
            long[] shape = member.getValue();
            members.put(member.getKey(), Place.contiguous(offset, shape));
            offset += Place.elements(shape);
            rows += shape[0];
            together = shape.clone();
        }
        together[0] = rows;
        return new GroupPlaces(Place.contiguous(0, together), members);
    }

    private static GroupPlaces columns(WeightLayout.Group group, boolean turned) {
        Map<String, Place> members = new LinkedHashMap<>();
        int in = turned ? 1 : 0;
        int out = 1 - in;
        long columns =
                group.members().values().stream().mapToLong(shape -> shape[out]).sum();
        long column = 0;
        long rows = 0;
        for (Map.Entry<String, long[]> member : group.members().entrySet()) {
            long[] shape = member.getValue();
            long[] strides = turned ? new long[] {1, columns} : new long[] {columns, 1};
            members.put(member.getKey(), new Place(column, shape, strides));
            column += shape[out];
            rows = shape[in];
        }
        return new GroupPlaces(Place.contiguous(0, rows, columns), members);
    }

    /** The number of elements, with the gap to the next group. */
    long aligned() {
        return (together.count() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
