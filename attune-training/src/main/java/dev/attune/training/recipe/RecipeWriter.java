package dev.attune.training.recipe;

import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** Writes a recipe with every key, those with default values too; reading it back gives the same recipe. */
public final class RecipeWriter {
    private static final YAMLMapper MAPPER = YAMLMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
            .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
            .enable(EnumFeature.WRITE_ENUMS_USING_TO_STRING)
            .build();

    private RecipeWriter() {}

    public static String yaml(Recipe recipe) {
        return MAPPER.writeValueAsString(recipe);
    }
}
