package dev.attune.core.error;

/**
 * A library that attune-core needs only for one kind of file and does not put on the class path of its dependents.
 *
 * @param artifact group and name, as build files have them
 * @param className a class of it
 * @param purpose what it is for, as in "Parquet files"
 */
public record OptionalLibrary(String artifact, String className, String purpose) {
    /** Reads and writes Parquet files. */
    public static final OptionalLibrary DUCKDB =
            new OptionalLibrary("org.duckdb:duckdb_jdbc", "org.duckdb.DuckDBDriver", "Parquet files");

    /** Reads and writes recipes. */
    public static final OptionalLibrary YAML = new OptionalLibrary(
            "tools.jackson.dataformat:jackson-dataformat-yaml",
            "tools.jackson.dataformat.yaml.YAMLMapper",
            "recipes in YAML");

    /** Validates against JSON schemas. */
    public static final OptionalLibrary JSON_SCHEMA = new OptionalLibrary(
            "com.networknt:json-schema-validator", "com.networknt.schema.SchemaRegistry", "rewards by a JSON schema");

    /** @throws RunFailedException naming the artifact to add if it is not on the class path */
    public void require() {
        try {
            Class.forName(className, false, OptionalLibrary.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new RunFailedException(
                    purpose + " need the library " + artifact + ", which is not on the class path; add it to the"
                            + " dependencies of the program",
                    e);
        }
    }
}
