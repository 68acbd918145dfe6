package dev.tenet.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.tenet.domain.tenant.TenantId;
import java.util.List;
import java.util.Set;

/// Ports and use cases: rules 9 and 12.
final class ApplicationRules {

  private static final Set<String> CAPABILITIES =
      Set.of("tenant", "schema", "rule", "derived", "evaluation", "identity", "decision");

  private ApplicationRules() {}

  static HouseRule ports() {
    return HouseRule.of(
        9,
        "A port method that touches a tenant's data takes the TenantId first",
        classes()
            .that(describe("are ports", ApplicationRules::isPort))
            .should(
                new ArchCondition<>("take the TenantId first") {
                  @Override
                  public void check(JavaClass port, ConditionEvents events) {
                    port.getMethods().stream()
                        .filter(method -> !takesTenantFirst(method))
                        .filter(method -> !isExcepted(method))
                        .forEach(
                            method ->
                                events.add(
                                    SimpleConditionEvent.violated(
                                        method,
                                        method.getFullName()
                                            + " does not take the TenantId first")));
                  }
                }));
  }

  private static boolean isPort(JavaClass type) {
    return Layout.module(type).equals("application")
        && type.isInterface()
        && !type.getSimpleName().equals("package-info")
        && !type.reflect().isSealed();
  }

  private static boolean takesTenantFirst(JavaMethod method) {
    List<JavaClass> parameters = method.getRawParameterTypes();
    return !parameters.isEmpty() && parameters.getFirst().isEquivalentTo(TenantId.class);
  }

  private static boolean isExcepted(JavaMethod method) {
    return method.getModifiers().contains(JavaModifier.SYNTHETIC)
        || Layout.WITHOUT_TENANT_ID.contains(
            method.getOwner().getSimpleName() + '.' + method.getName());
  }

  static HouseRule useCases() {
    DescribedPredicate<JavaClass> useCases = describe("are use cases", ApplicationRules::isUseCase);
    return HouseRule.of(
        12,
        "Use cases are final, have one public method and a sealed result, and do not call one another",
        classes()
            .that(useCases)
            .should(
                Conditions.hold(
                    "be final", type -> type.getModifiers().contains(JavaModifier.FINAL))),
        classes()
            .that(useCases)
            .should(
                Conditions.hold("have one public method", type -> publicMethods(type).size() == 1)),
        classes()
            .that(useCases)
            .should(
                Conditions.hold(
                    "have a sealed result",
                    type ->
                        Layout.PLAIN_RESULTS.contains(type.getName())
                            || publicMethods(type).stream()
                                .allMatch(m -> m.getRawReturnType().reflect().isSealed()))),
        classes()
            .that(useCases)
            .should(
                Conditions.hold(
                    "not call other use cases",
                    type ->
                        type.getCodeUnitAccessesFromSelf().stream()
                            .noneMatch(
                                call ->
                                    !call.getTargetOwner().equals(type)
                                        && isUseCase(call.getTargetOwner())
                                        && call.getTarget()
                                            .resolveMember()
                                            .map(
                                                m -> m.getModifiers().contains(JavaModifier.PUBLIC))
                                            .orElse(true)))));
  }

  private static boolean isUseCase(JavaClass type) {
    String[] parts = type.getPackageName().split("\\.", -1);
    return Layout.module(type).equals("application")
        && parts.length > 3
        && CAPABILITIES.contains(parts[3])
        && type.getEnclosingClass().isEmpty()
        && !type.isInterface()
        && !type.isRecord()
        && !type.isAssignableTo(Throwable.class)
        && !Layout.NO_USE_CASES.contains(type.getName());
  }

  private static List<JavaMethod> publicMethods(JavaClass type) {
    return type.getMethods().stream()
        .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
        .toList();
  }
}
