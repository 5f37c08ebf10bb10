package dev.attune.feedback.redteam;

import dev.attune.core.error.BadInputException;
import dev.attune.core.settings.Node;
import dev.attune.core.settings.Range;
import dev.attune.core.settings.SectionReader;
import dev.attune.core.text.ConfigNamed;
import dev.attune.feedback.endpoint.ModelAddress;
import dev.attune.feedback.harm.HarmJudgeSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A recipe of {@code attune redteam}.
 *
 * @param campaign decides the attempts; a directory holds the attempts of one campaign
 * @param ratings a file in which people say of attempts whether they are harmful; null: none
 * @param sampleForRating attempts that are written for people to rate; 0: none
 * @param nearDuplicate overlap from which two attacks count as one, in (0, 1]
 */
public record RedteamRecipe(
        CampaignSettings campaign, @Nullable String ratings, int sampleForRating, double nearDuplicate) {
    private static final Range OVERLAP = new Range(0, false, 1, true);
    private static final int BATCH = 16;
    private static final int MAX_NEW_TOKENS = 128;
    private static final double TEMPERATURE = 0.7;
    private static final double NEAR_DUPLICATE = 0.8;

    /**
     * Reads a recipe.
     *
     * @param file the name for messages
     * @throws BadInputException for an unknown key or an invalid value
     */
    public static RedteamRecipe read(String file, Node tree) {
        SectionReader fields = new SectionReader(file, "", tree);
        RedteamRecipe recipe = new RedteamRecipe(
                campaign(fields),
                fields.optionalText("ratings"),
                fields.integer("sample_for_rating", 0, 0),
                fields.number("near_duplicate", NEAR_DUPLICATE, OVERLAP));
        checkFamilies(fields, recipe.campaign);
        checkMixed(fields, recipe.campaign);
        fields.finish();
        return recipe;
    }

    private static CampaignSettings campaign(SectionReader fields) {
        ModelAddress target = ModelAddress.read(fields, "target");
        HarmJudgeSettings judge = HarmJudgeSettings.read(fields, "judge");
        return new CampaignSettings(
                target == null
                        ? new ModelAddress.Local(fields.requiredText("target", "the model that is attacked"))
                        : target,
                fields.optionalText("template"),
                SeedSource.read(fields, "seeds"),
                fields.optionalInteger("limit", 1),
                families(fields, "families"),
                families(fields, "hold_out"),
                fields.integer("tries", 1, 1),
                fields.number("temperature", TEMPERATURE, Range.NOT_NEGATIVE),
                fields.integer("max_new_tokens", MAX_NEW_TOKENS, 1),
                fields.integer("batch", BATCH, 1),
                fields.integer("threads", 1, 1),
                ModelAddress.read(fields, "attacker"),
                fields.integer("variants", 3, 1),
                judge == null ? new HarmJudgeSettings.Words() : judge,
                HarmJudgeSettings.read(fields, "mixed"),
                fields.longValue("seed", 0));
    }

    private static List<Family> families(SectionReader fields, String key) {
        return fields.texts(key).stream()
                .map(name -> family(fields, key, name))
                .distinct()
                .toList();
    }

    private static Family family(SectionReader fields, String key, String name) {
        try {
            return ConfigNamed.parse(Family.class, key, name.replace('-', '_'));
        } catch (BadInputException e) {
            throw fields.invalid(key, "'" + name + "'", ConfigNamed.configNames(Family.class), "write some of these");
        }
    }

    private static void checkFamilies(SectionReader fields, CampaignSettings campaign) {
        boolean named = campaign.families().contains(Family.ATTACKER);
        if (campaign.attacker() == null && named) {
            throw fields.invalid(
                    "families",
                    "'attacker' without an attacker",
                    "a model under 'attacker'",
                    "add it or leave this out");
        }
        if (campaign.attacker() != null && !named && !campaign.families().isEmpty()) {
            throw fields.invalid("families", "no 'attacker'", "it, because there is an attacker", "add it");
        }
        for (Family held : campaign.holdOut()) {
            boolean used = held == Family.ATTACKER
                    ? campaign.attacker() != null
                    : campaign.families().isEmpty() || campaign.families().contains(held);
            if (!used) {
                throw fields.invalid(
                        "hold_out",
                        "'" + held + "', which is not used",
                        "families that are used",
                        "add it to 'families'");
            }
        }
    }

    private static void checkMixed(SectionReader fields, CampaignSettings campaign) {
        if (campaign.mixed() != null && !(campaign.judge() instanceof HarmJudgeSettings.Words)) {
            throw fields.invalid("mixed", "a judge", "none, because 'judge' reads mixed answers too", "remove it");
        }
        if (campaign.mixed() instanceof HarmJudgeSettings.Words) {
            throw fields.invalid("mixed", "'words'", "a model or a classifier", "change or remove it");
        }
    }
}
