package dev.attune.feedback.redteam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.error.BadInputException;
import dev.attune.core.settings.YamlText;
import dev.attune.core.settings.YamlTree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedteamRecipeTest {
    private static RedteamRecipe read(String text) {
        return RedteamRecipe.read("r.yaml", YamlTree.parse("r.yaml", text));
    }

    @Test
    void theRecordedCampaignReadsAsTheSame() {
        RedteamRecipe recipe = read("""
                target: {endpoint: 'http://localhost:1', model: m, key: X_API_KEY}
                seeds: {path: s.csv, column: goal, category: kind}
                families: [plain, role-play, attacker]
                hold_out: [role_play]
                attacker: runs/attacker
                judge: words
                mixed: {model: runs/judge, verdict: replies}
                tries: 3
                ratings: rated.jsonl
                """);

        assertThat(recipe.ratings()).isEqualTo("rated.jsonl");
        assertThat(recipe.campaign().holdOut()).containsExactly(Family.ROLE_PLAY);
        assertThat(read(YamlText.of(recipe.campaign())).campaign()).isEqualTo(recipe.campaign());
    }

    @Test
    void theDefaults() {
        RedteamRecipe recipe = read("target: runs/t");

        assertThat(recipe.campaign().seeds()).isEqualTo(SeedSource.of("built-in"));
        assertThat(recipe.campaign().families()).isEmpty();
        assertThat(recipe.campaign().judge().label()).isEqualTo("words");
        assertThat(recipe.nearDuplicate()).isEqualTo(0.8);
        assertThat(recipe.campaign().readSeeds()).hasSize(144);
        assertThat(read("target: runs/t\nlimit: 24").campaign().readSeeds())
                .extracting(Seed::category)
                .hasSize(24)
                .startsWith("fraud", "fraud", "theft");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            seeds: a.yaml                             | no 'target'
            families: [plane]                         | found 'plane' for 'families', expected plain, role_play
            families: [attacker]                      | found 'attacker' without an attacker
            attacker: a~families: [plain]             | found no 'attacker' for 'families'
            families: [plain]~hold_out: [language]    | found 'language', which is not used
            tries: 0                                  | found '0' for 'tries'
            near_duplicate: 0                         | found '0' for 'near_duplicate'
            judge: {model: a}~mixed: {model: b}       | found a judge for 'mixed'
            mixed: words                              | found 'words' for 'mixed'
            temprature: 1                             | did you mean 'temperature'
            """)
    void refusesWithThePlace(String text, String message) {
        String target = text.startsWith("seeds") ? "" : "target: runs/t\n";
        assertThatThrownBy(() -> read(target + text.replace('~', '\n')))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(message);
    }
}
