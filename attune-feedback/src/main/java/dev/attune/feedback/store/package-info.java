/**
 * The database: projects, guidelines, prompts, completions, tasks, rankings, labelers and what happened when, on SQLite or
 * PostgreSQL. What labelers gave is only ever added to. No HTTP and no pages.
 */
@NullMarked
package dev.attune.feedback.store;

import org.jspecify.annotations.NullMarked;
