package io.threadsafemetrics;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/** The packages of this module: who may import whom. */
class ArchitectureTests {

    private static final String BASE = "io.threadsafemetrics";

    private static final String INTERNAL = BASE + ".internal";

    private static final String UTIL = INTERNAL + ".util..";

    private final JavaClasses classes = new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importPackages(BASE);

    @Test
    void moduleDependsOnJavaBaseAndJSpecifyOnly() {
        classes().should()
            .onlyDependOnClassesThat(
                    resideInAPackage(BASE + "..").or(resideInAPackage("org.jspecify.annotations")).or(inJavaBase()))
            .check(this.classes);
    }

    @Test
    void internalPackagesDoNotImportTheApi() {
        noClasses().that()
            .resideInAPackage(INTERNAL + "..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(BASE)
            .check(this.classes);
    }

    @Test
    void utilImportsNoOtherPackageOfTheModule() {
        noClasses().that()
            .resideInAPackage(UTIL)
            .should()
            .dependOnClassesThat(resideInAPackage(BASE + "..").and(DescribedPredicate.not(resideInAPackage(UTIL))))
            .check(this.classes);
    }

    @Test
    void internalPackagesImportNoOtherInternalPackageButUtil() {
        slices().matching(INTERNAL + ".(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(DescribedPredicate.alwaysTrue(), resideInAPackage(UTIL))
            // a slot holds a histogram
            .ignoreDependency(resideInAPackage(INTERNAL + ".window.."), resideInAPackage(INTERNAL + ".distribution.."))
            .check(this.classes);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.(**)").should().beFreeOfCycles().check(this.classes);
    }

    @Test
    void nothingIsKeptPerThread() {
        noClasses().should().dependOnClassesThat().areAssignableTo(ThreadLocal.class).check(this.classes);
    }

    @Test
    void packagesAreNullMarked() {
        assertThat(this.classes.stream().map(JavaClass::getPackage).distinct()).isNotEmpty()
            .allSatisfy((javaPackage) -> assertThat(isNullMarked(javaPackage))
                .as(javaPackage.getName() + " has a package-info.java with @NullMarked")
                .isTrue());
    }

    private static boolean isNullMarked(JavaPackage javaPackage) {
        return javaPackage.isAnnotatedWith(NullMarked.class);
    }

    private static DescribedPredicate<JavaClass> inJavaBase() {
        return DescribedPredicate.describe("are in java.base",
                (javaClass) -> Object.class.getModule().getPackages().contains(packageOf(javaClass)));
    }

    private static String packageOf(JavaClass javaClass) {
        JavaClass component = javaClass.getBaseComponentType();
        return component.isPrimitive() ? Object.class.getPackageName() : component.getPackageName();
    }

}
