package dev.attune.feedback.store;

import java.util.List;

/**
 * A project: tasks that are ranked under the same criteria.
 *
 * @param overlap number of labelers per task
 * @param leaseSeconds how long a task is reserved for a labeler
 * @param criteria in display order
 */
public record Project(String id, String name, int overlap, int leaseSeconds, List<Criterion> criteria) {
    public Project {
        criteria = List.copyOf(criteria);
    }

    /** The description of a new project. */
    public record Plan(String name, int overlap, int leaseSeconds, List<Criterion> criteria, String guideline) {
        public static final int LEASE_SECONDS = 30 * 60;

        /** A plan with one labeler per task and a lease of half an hour. */
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
