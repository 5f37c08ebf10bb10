package dev.attune.feedback.store;

import java.util.List;

/**
 * What is ranked together.
 *
 * @param overlap how many labelers rank each task
 * @param leaseSeconds how long a task is kept for a labeler who does not submit it
 * @param criteria in the order in which they are asked
 */
public record Project(String id, String name, int overlap, int leaseSeconds, List<Criterion> criteria) {
    public Project {
        criteria = List.copyOf(criteria);
    }

    /** A new project as its maker describes it. */
    public record Plan(String name, int overlap, int leaseSeconds, List<Criterion> criteria, String guideline) {
        public static final int LEASE_SECONDS = 30 * 60;

        /** One labeler a task, and half an hour for it. */
        public static Plan of(String name, List<Criterion> criteria) {
            return new Plan(name, 1, LEASE_SECONDS, criteria, "");
        }

        public Plan withOverlap(int value) {
            return new Plan(name, value, leaseSeconds, criteria, guideline);
        }

        public Plan withLeaseSeconds(int value) {
            return new Plan(name, overlap, value, criteria, guideline);
        }

        public Plan withGuideline(String value) {
            return new Plan(name, overlap, leaseSeconds, criteria, value);
        }
    }
}
