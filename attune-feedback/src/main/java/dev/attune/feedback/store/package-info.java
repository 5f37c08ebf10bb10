/**
 * The database: projects, guidelines, prompts, completions, tasks, rankings, labelers and the audit log, on SQLite or
 * PostgreSQL. Rankings are only added, never changed. Without HTTP and pages.
 */
@NullMarked
package dev.attune.feedback.store;

import org.jspecify.annotations.NullMarked;
