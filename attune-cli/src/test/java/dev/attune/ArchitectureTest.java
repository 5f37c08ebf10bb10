package dev.attune;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Locale;

/** The module rules of docs/architecture.md, held against the compiled classes of every module. */
@AnalyzeClasses(
        packages = "dev.attune",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.WithoutTestJars.class})
class ArchitectureTest {
    /** The tests of other modules come as jars in a whole build. */
    static final class WithoutTestJars implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }

    private static final String[] HTTP = {"java.net.http..", "com.sun.net.httpserver..", "io.javalin.."};
    private static final String SQL = "java.sql..";

    /** Each package of each module is a slice. */
    /** So that an embedding program names what it changes, and does not write fourteen positions. */
    @ArchTest
    static final ArchRule settingsHaveWithers = classes()
            .that()
            .areRecords()
            .and()
            .arePublic()
            .and()
            .resideInAnyPackage("dev.attune.core..", "dev.attune.model..", "dev.attune.training..")
            .and()
            .haveNameMatching(".*(Settings|Options|Spec)")
            .should(new ArchCondition<>("have a with... for each component, if they have more than three") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    RecordComponent[] components = type.reflect().getRecordComponents();
                    for (RecordComponent component : components) {
                        String name = component.getName();
                        String wither = "with" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
                        boolean found = Arrays.stream(type.reflect().getMethods())
                                .anyMatch(method -> method.getName().equals(wither));
                        if (components.length > 3 && !found) {
                            events.add(SimpleConditionEvent.violated(type, type.getName() + " lacks " + wither));
                        }
                    }
                }
            });

    @ArchTest
    static final ArchRule packagesFormNoCycles =
            slices().matching("dev.attune.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyModelAndTrainingKnowTorch = noClasses()
            .that()
            .resideOutsideOfPackages("dev.attune.model..", "dev.attune.training..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bytedeco..");

    @ArchTest
    static final ArchRule coreKnowsNoOtherModule = noClasses()
            .that()
            .resideInAPackage("dev.attune.core..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.attune.model..", "dev.attune.training..", "dev.attune.world..", "dev.attune.cli..");

    @ArchTest
    static final ArchRule feedbackKnowsCoreAlone = noClasses()
            .that()
            .resideInAPackage("dev.attune.feedback..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.attune.model..",
                    "dev.attune.training..",
                    "dev.attune.world..",
                    "dev.attune.studio..",
                    "dev.attune.cli..");

    @ArchTest
    static final ArchRule theStudioKnowsCoreAndFeedbackAlone = noClasses()
            .that()
            .resideInAPackage("dev.attune.studio..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.attune.model..", "dev.attune.training..", "dev.attune.world..", "dev.attune.cli..");

    @ArchTest
    static final ArchRule nothingButTheCommandLineKnowsTheStudio = noClasses()
            .that()
            .resideOutsideOfPackages("dev.attune.studio..", "dev.attune.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.attune.studio..");

    @ArchTest
    static final ArchRule theServerKnowsCoreAndModelAlone = noClasses()
            .that()
            .resideInAPackage("dev.attune.serve..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.attune.training..",
                    "dev.attune.feedback..",
                    "dev.attune.studio..",
                    "dev.attune.world..",
                    "dev.attune.cli..",
                    SQL);

    @ArchTest
    static final ArchRule theLangChainProviderKnowsTheServerAlone = noClasses()
            .that()
            .resideInAPackage("dev.attune.langchain4j..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.attune.training..",
                    "dev.attune.feedback..",
                    "dev.attune.studio..",
                    "dev.attune.world..",
                    "dev.attune.cli..",
                    SQL);

    /** So that a client of a server elsewhere needs no engine on its class path. */
    @ArchTest
    static final ArchRule theLangChainProviderKnowsModelsOnlyInThisProcess = noClasses()
            .that()
            .resideInAPackage("dev.attune.langchain4j..")
            .and()
            .resideOutsideOfPackage("dev.attune.langchain4j.local..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.attune.serve..", "dev.attune.model..", "dev.attune.core..");

    @ArchTest
    static final ArchRule coreKnowsNoHttp = noClasses()
            .that()
            .resideInAPackage("dev.attune.core..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(HTTP);

    @ArchTest
    static final ArchRule coreKnowsSqlOnlyForParquet = noClasses()
            .that()
            .resideInAPackage("dev.attune.core..")
            .and()
            .resideOutsideOfPackage("dev.attune.core.data.parquet..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(SQL);

    @ArchTest
    static final ArchRule modelKnowsNoTrainingAndNoSql = noClasses()
            .that()
            .resideInAPackage("dev.attune.model..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.attune.training..", "dev.attune.world..", "dev.attune.cli..", SQL);

    @ArchTest
    static final ArchRule modelKnowsHttpOnlyForTheHub = noClasses()
            .that()
            .resideInAPackage("dev.attune.model..")
            .and()
            .resideOutsideOfPackage("dev.attune.model.hub..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(HTTP);

    @ArchTest
    static final ArchRule trainingKnowsNoCommandLineNoHttpNoSql = noClasses()
            .that()
            .resideInAPackage("dev.attune.training..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.attune.cli..",
                    "dev.attune.world..",
                    "picocli..",
                    "java.net.http..",
                    "com.sun.net.httpserver..",
                    SQL);

    @ArchTest
    static final ArchRule theWorldKnowsCoreAlone = noClasses()
            .that()
            .resideInAPackage("dev.attune.world..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.attune.model..", "dev.attune.training..", "dev.attune.cli..");
}
