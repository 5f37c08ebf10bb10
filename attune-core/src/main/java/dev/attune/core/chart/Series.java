package dev.attune.core.chart;

import java.util.ArrayList;
import java.util.List;

/** One curve: points in the order of x; points that are not numbers are left out of charts. */
public record Series(String name, List<Point> points) {
    /** A value of the curve. */
    public record Point(double x, double y) {}

    public Series {
        points = points.stream()
                .filter(point -> Double.isFinite(point.x()) && Double.isFinite(point.y()))
                .toList();
    }

    public boolean isEmpty() {
        return points.isEmpty();
    }

    /** The curve with at maxPoints {@code maxPoints} points, each the mean of neighbouring ones. */
    public Series thinned(int maxPoints) {
        if (points.size() <= maxPoints) {
            return this;
        }
        List<Point> thinned = new ArrayList<>(maxPoints);
        for (int i = 0; i < maxPoints; i++) {
            List<Point> bin = points.subList(
                    (int) ((long) i * points.size() / maxPoints), (int) ((long) (i + 1) * points.size() / maxPoints));
            thinned.add(new Point(
                    bin.stream().mapToDouble(Point::x).average().orElseThrow(),
                    bin.stream().mapToDouble(Point::y).average().orElseThrow()));
        }
        return new Series(name, thinned);
    }
}
