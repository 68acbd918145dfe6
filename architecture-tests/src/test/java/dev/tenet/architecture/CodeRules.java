package dev.tenet.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.reflect.Modifier;
import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// How the code is written: rules 8, 10 and 11.
final class CodeRules {

  private static final Set<Class<? extends Throwable>> GENERIC =
      Set.of(Throwable.class, Exception.class, RuntimeException.class, Error.class);
  private static final Set<String> CLOCKS =
      Set.of(
          "java.time.Clock.system",
          "java.time.Clock.systemUTC",
          "java.time.Clock.systemDefaultZone",
          "java.time.InstantSource.system",
          "java.lang.System.currentTimeMillis",
          "java.util.UUID.randomUUID",
          "java.lang.Math.random");
  private static final List<Class<?>> RANDOM =
      List.of(
          Random.class,
          SecureRandom.class,
          SplittableRandom.class,
          ThreadLocalRandom.class,
          RandomGenerator.class);

  private CodeRules() {}

  static HouseRule domainTypes() {
    return HouseRule.of(
        8,
        "Domain types are records, enums, sealed or final; their fields are final; records hold no arrays",
        inDomain(
            "be a record, an enum, sealed or final",
            type ->
                type.isRecord()
                    || type.isEnum()
                    || type.reflect().isSealed()
                    || isFinal(type)
                    || Layout.OPEN_TO_ADAPTERS.contains(type.getName())),
        inDomain(
            "have final fields, unless it is private",
            type ->
                Modifier.isPrivate(type.reflect().getModifiers())
                    || type.getFields().stream()
                        .allMatch(field -> field.getModifiers().contains(JavaModifier.FINAL))),
        inDomain(
            "not hold arrays when it is a record",
            type ->
                !type.isRecord()
                    || type.getFields().stream().noneMatch(field -> field.getRawType().isArray())));
  }

  private static boolean isFinal(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.FINAL);
  }

  private static ArchRule inDomain(String text, Predicate<JavaClass> holds) {
    return classes()
        .that()
        .resideInAPackage(Layout.in("domain"))
        .and(describe("are no package-info", type -> !type.getSimpleName().equals("package-info")))
        .and(describe("are written by hand", type -> !type.isAnonymousClass()))
        .should(Conditions.hold(text, holds));
  }

  static HouseRule clocks() {
    return HouseRule.of(
        10,
        "Clocks, ids and chance are injected",
        classes()
            .that()
            .resideInAPackage("dev.tenet..")
            .and()
            .resideOutsideOfPackage(Layout.in("bootstrap"))
            .and(
                describe(
                    "make no secrets", type -> !Layout.MAKERS_OF_SECRETS.contains(type.getName())))
            .should(Conditions.notUse("a clock or chance", CodeRules::isChance)));
  }

  private static boolean isChance(JavaAccess<?> access) {
    AccessTarget target = access.getTarget();
    JavaClass owner = target.getOwner();
    boolean now = owner.getPackageName().startsWith("java.time") && target.getName().equals("now");
    return now
        || CLOCKS.contains(owner.getName() + '.' + target.getName())
        || RANDOM.stream().anyMatch(owner::isAssignableTo);
  }

  static HouseRule manners() {
    return HouseRule.of(
        11,
        "No generic exceptions, no standard streams outside the command line, no public adapter class but its entry points",
        classes()
            .that()
            .resideInAPackage("dev.tenet..")
            .should(Conditions.notUse("a generic exception", CodeRules::generic)),
        noClasses()
            .that()
            .resideInAPackage("dev.tenet..")
            .and()
            .resideOutsideOfPackage(Layout.in("bootstrap.cli"))
            .should(ACCESS_STANDARD_STREAMS),
        classes()
            .that(Layout.inAnAdapter())
            .and(describe("are public", CodeRules::isReachable))
            .should(
                Conditions.hold(
                    "be an entry point, a wire record, or used by other packages of the adapter and by nobody else",
                    type -> isDoor(type) || isCorridor(type))));
  }

  /// `super(...)` in an exception of our own makes none.
  private static boolean generic(JavaAccess<?> access) {
    boolean constructor = access.getTarget().getName().equals("<init>");
    return constructor
        && GENERIC.stream().anyMatch(access.getTargetOwner()::isEquivalentTo)
        && !(access.getOrigin().getName().equals("<init>")
            && access.getOriginOwner().isAssignableTo(Throwable.class));
  }

  private static boolean isReachable(JavaClass type) {
    boolean here = type.getModifiers().contains(JavaModifier.PUBLIC);
    return here && type.getEnclosingClass().map(CodeRules::isReachable).orElse(true);
  }

  /// Packages by capability make some classes public that only the adapter itself uses.
  private static boolean isCorridor(JavaClass type) {
    Set<JavaClass> users =
        Layout.outermost(type).getDirectDependenciesToSelf().stream()
            .map(dependency -> Layout.outermost(dependency.getOriginClass()))
            .collect(Collectors.toSet());
    boolean shared =
        users.stream().anyMatch(user -> !user.getPackageName().equals(type.getPackageName()));
    return shared
        && users.stream().allMatch(user -> Layout.module(user).equals(Layout.module(type)));
  }

  private static boolean isDoor(JavaClass type) {
    JavaClass outermost = Layout.outermost(type);
    boolean wireRecord = outermost.isRecord() && outermost.getSimpleName().endsWith("Json");
    return wireRecord || Layout.ENTRY_POINTS.contains(outermost.getName());
  }
}
