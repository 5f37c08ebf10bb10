package dev.attune.feedback.sampling;

import dev.attune.core.error.BadInputException;
import dev.attune.feedback.endpoint.EndpointSettings;
import dev.attune.feedback.store.Ids;
import dev.attune.feedback.store.Insert;
import dev.attune.feedback.store.Store;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** The registered models. */
public final class Endpoints {
    private static final String COLUMNS = "SELECT id, name, kind, address, model, key_variable, retired FROM endpoint";

    private static final RowMapper<Endpoint> ROW = (row, context) -> new Endpoint(
            row.getString("id"),
            row.getString("name"),
            Endpoint.Kind.of(row.getString("kind")),
            row.getString("address"),
            row.getString("model"),
            row.getString("key_variable"),
            row.getObject("retired") != null);

    private final Store store;

    public Endpoints(Store store) {
        this.store = store;
    }

    /** @throws BadInputException if the name is or was taken, or the plan is invalid */
    public Endpoint add(Endpoint.Plan plan, String author) {
        String name = plan.name().strip();
        require(plan, name);
        return store.write(handle -> {
            if (named(handle, name)) {
                throw invalid(name, "a name that is or was taken", "a new one");
            }
            Endpoint added = new Endpoint(
                    Ids.at(store.now()),
                    name,
                    plan.kind(),
                    plan.address().strip(),
                    plan.model(),
                    plan.keyVariable(),
                    false);
            insert(handle, added, author);
            return added;
        });
    }

    private static void require(Endpoint.Plan plan, String name) {
        if (name.isEmpty() || name.length() > 200) {
            throw invalid(name, "a name of " + name.length() + " characters", "1 to 200");
        }
        if (plan.address().isBlank() || plan.address().length() > 2000) {
            throw invalid(name, "an address of " + plan.address().length() + " characters", "1 to 2000");
        }
        if (plan.kind() != Endpoint.Kind.ENDPOINT) {
            return;
        }
        if (plan.model() == null || plan.model().isBlank()) {
            throw invalid(name, "no name of the model on the server", "one");
        }
        EndpointSettings.of(plan.address(), plan.model(), plan.keyVariable());
    }

    private static BadInputException invalid(String name, String found, String expected) {
        return BadInputException.at("model '" + name + "'", found, expected, "change it");
    }

    private static boolean named(Handle handle, String name) {
        return handle.createQuery("SELECT COUNT(*) FROM endpoint WHERE name = :name")
                        .bind("name", name)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    private void insert(Handle handle, Endpoint added, String author) {
        Insert.into("endpoint")
                .value("id", added.id())
                .value("name", added.name())
                .value("kind", added.kind().configName())
                .value("address", added.address())
                .value("model", added.model())
                .value("key_variable", added.keyVariable())
                .value("author", author)
                .value("created", store.now())
                .run(handle);
        store.record(handle, author, "endpoint-added", added.id(), Map.of("endpoint", added));
    }

    /** Takes a model out of use; its completions are kept. */
    public void retire(String id, String author) {
        store.write(handle -> {
            int changed = handle.createUpdate("UPDATE endpoint SET retired = :now WHERE id = :id AND retired IS NULL")
                    .bind("now", store.now())
                    .bind("id", id)
                    .execute();
            if (changed > 0) {
                store.record(handle, author, "endpoint-retired", id, Map.of());
            }
            return changed;
        });
    }

    public Optional<Endpoint> find(String id) {
        return store.read(handle -> handle.createQuery(COLUMNS + " WHERE id = :id")
                .bind("id", id)
                .map(ROW)
                .findOne());
    }

    /**
     * The model with this id, which must generate completions.
     *
     * @throws BadInputException if there is none, or it is retired or only scores
     */
    public Endpoint writing(String id) {
        return inUse(id, true, "a registered language model");
    }

    /**
     * The model with this id, which must score completions.
     *
     * @throws BadInputException if there is none, or it is retired or only generates
     */
    public Endpoint scoring(String id) {
        return inUse(id, false, "a registered reward model");
    }

    private Endpoint inUse(String id, boolean writes, String expected) {
        return find(id).filter(found -> !found.retired() && found.writes() == writes)
                .orElseThrow(() ->
                        BadInputException.at("model", "'" + id + "'", expected + " that is in use", "choose another"));
    }

    /** All models by age, retired ones included. */
    public List<Endpoint> all() {
        return store.read(handle ->
                handle.createQuery(COLUMNS + " ORDER BY created, id").map(ROW).list());
    }
}
