package dev.tenet.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/// Which way the arrows run: rules 1 to 7.
final class ArrowRules {

  private static final String[] PLAIN = {"java..", "org.jspecify.."};
  private static final String CACHE = "com.github.benmanes.caffeine..";

  /// The store port stands with its capability, for whoever looks for it, and is used by all of them.
  private ArrowRules() {}

  static HouseRule everyModuleContributes(List<String> modules) {
    return HouseRule.of(
        1,
        "Every module contributes classes, and every class belongs to a module",
        classes().that().resideInAPackage("dev.tenet..").should(haveAllModules(modules)),
        classes()
            .that()
            .resideInAPackage("dev.tenet..")
            .should()
            .resideInAnyPackage(
                Stream.of(Layout.MODULES, Layout.PLANNED)
                    .flatMap(List::stream)
                    .map(Layout::in)
                    .toArray(String[]::new)));
  }

  private static ArchCondition<JavaClass> haveAllModules(List<String> modules) {
    return new ArchCondition<>("be of all modules " + modules) {
      private final Set<String> missing = new TreeSet<>(modules);

      @Override
      public void init(Collection<JavaClass> all) {
        missing.addAll(modules);
      }

      @Override
      public void check(JavaClass javaClass, ConditionEvents events) {
        missing.remove(Layout.module(javaClass));
      }

      @Override
      public void finish(ConditionEvents events) {
        missing.forEach(
            module ->
                events.add(
                    SimpleConditionEvent.violated(module, "no class in dev.tenet." + module)));
      }
    };
  }

  static HouseRule domain() {
    return HouseRule.of(
        2,
        "The domain sees the JDK and JSpecify only, and neither SQL, nor the network, nor reflection",
        sees("domain", "domain"),
        noClasses()
            .that()
            .resideInAPackage(Layout.in("domain"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "java.net..", "java.lang.reflect..", "javax.."));
  }

  static HouseRule application() {
    return HouseRule.of(
        3,
        "The application sees the domain only, and a cache; the SPI those two",
        sees("application", List.of(CACHE), "application", "domain"),
        sees("spi", "spi", "application", "domain"));
  }

  private static ArchRule sees(String module, String... seen) {
    return sees(module, List.of(), seen);
  }

  private static ArchRule sees(String module, List<String> libraries, String... seen) {
    String[] packages =
        Stream.of(Stream.of(seen).map(Layout::in), Stream.of(PLAIN), libraries.stream())
            .flatMap(part -> part)
            .toArray(String[]::new);
    return classes()
        .that()
        .resideInAPackage(Layout.in(module))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(packages);
  }

  static HouseRule adapters() {
    List<ArchRule> parts = new ArrayList<>();
    for (String adapter : Layout.ADAPTERS) {
      List<String> unseen =
          Stream.concat(
                  Layout.ADAPTERS.stream().filter(other -> !other.equals(adapter)),
                  Stream.of("bootstrap"))
              .toList();
      parts.add(unseen(adapter, unseen));
    }
    parts.add(unseen("http", List.of("spi")));
    for (String module : Layout.MODULES) {
      if (!module.equals("testkit")) {
        parts.add(unseen(module, List.of("testkit")));
      }
    }
    return new HouseRule(
        4, "Adapters see neither one another nor bootstrap, and nobody sees the testkit", parts);
  }

  private static ArchRule unseen(String module, List<String> unseen) {
    return noClasses()
        .that()
        .resideInAPackage(Layout.in(module))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(Layout.in(unseen));
  }

  static HouseRule libraries() {
    return new HouseRule(
        5,
        "Each library has one home",
        Layout.HOMES.entrySet().stream()
            .<ArchRule>map(e -> home(e.getKey(), e.getValue()))
            .toList());
  }

  /// @param modules one module, or several with commas between them
  private static ArchRule home(String library, String modules) {
    return noClasses()
        .that()
        .resideInAPackage("dev.tenet..")
        .and()
        .resideOutsideOfPackages(Layout.in(List.of(modules.split(",", -1))))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library);
  }

  static HouseRule cycles() {
    return HouseRule.of(
        6,
        "Capability packages are free of cycles",
        slices().matching("dev.tenet.(*).(*)..").should().beFreeOfCycles());
  }

  static HouseRule nullMarked() {
    return HouseRule.of(
        7,
        "Every package is @NullMarked",
        classes()
            .that()
            .resideInAPackage("dev.tenet..")
            .should(
                new ArchCondition<>("be in a package that is @NullMarked") {
                  @Override
                  public void check(JavaClass javaClass, ConditionEvents events) {
                    boolean marked = javaClass.getPackage().isAnnotatedWith(NullMarked.class);
                    if (!marked) {
                      events.add(
                          SimpleConditionEvent.violated(
                              javaClass, javaClass.getName() + " is in no @NullMarked package"));
                    }
                  }
                }));
  }

  static List<HouseRule> all() {
    return List.of(
        everyModuleContributes(Layout.MODULES),
        domain(),
        application(),
        adapters(),
        libraries(),
        cycles(),
        nullMarked());
  }
}
