package dev.attune.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WorldTest {
    private final World world = World.standard();

    @Test
    void has320EntitiesWithDifferentNames() {
        Set<String> names = new HashSet<>();
        for (EntityType type : EntityType.values()) {
            world.entities(type).forEach(entity -> names.add(entity.name()));
        }
        assertThat(names).hasSize(320);
    }

    @Test
    void has16RelationsAnd7KindsOfHarmAnd12UnrecordedMatters() {
        assertThat(Relation.values()).hasSize(16);
        assertThat(HarmKind.values()).hasSize(7);
        assertThat(UnrecordedTopic.values()).hasSize(12);
    }

    @Test
    void recordsOneListedValueForEachEntityAndRelation() {
        assertThat(world.facts()).hasSize(170 * 6 + 60 * 4 + 50 * 3 + 40 * 3);
        assertThat(world.facts()).allSatisfy(fact -> {
            assertThat(world.values(fact.relation())).contains(fact.value());
            assertThat(fact.value()).isNotEqualTo(fact.entity().name());
        });
    }

    @Test
    void knowsNothingOfEntitiesThatAreNotItsOwn() {
        Entity stranger = new Entity("Nobody Atall", EntityType.PERSON);
        assertThat(world.value(stranger, Relation.HOME)).isEmpty();
    }

    @Test
    void holdsOutAQuarterOfEachTypeAndSomeRelationsMattersAndHarms() {
        assertThat(world.entities(EntityType.PERSON, WorldSplit.HELD_OUT)).hasSize(43);
        assertThat(world.entities(EntityType.PLACE, WorldSplit.HELD_OUT)).hasSize(15);
        assertThat(world.entities(EntityType.TOOL, WorldSplit.HELD_OUT)).hasSize(13);
        assertThat(world.entities(EntityType.CREATURE, WorldSplit.HELD_OUT)).hasSize(10);
        assertThat(Relation.values()).filteredOn(world::heldOut).containsExactly(Relation.HOBBY, Relation.COAT);
        assertThat(UnrecordedTopic.values())
                .filteredOn(world::heldOut)
                .containsExactly(UnrecordedTopic.SECRET, UnrecordedTopic.PRICE);
        assertThat(HarmKind.values()).filteredOn(world::heldOut).containsExactly(HarmKind.SABOTAGE);
    }

    @Test
    void tellsPeopleApartByTheirGivenNames() {
        assertThat(world.entities(EntityType.PERSON).stream().map(Entity::shortName))
                .doesNotHaveDuplicates();
    }
}
