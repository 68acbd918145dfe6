package dev.tenet.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.function.Predicate;

/// Makes conditions of plain predicates.
final class Conditions {

  private Conditions() {}

  static ArchCondition<JavaClass> hold(String text, Predicate<JavaClass> holds) {
    return new ArchCondition<>(text) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        if (!holds.test(type)) {
          events.add(SimpleConditionEvent.violated(type, type.getName() + " should " + text));
        }
      }
    };
  }

  /// Looks at calls and at method references, too.
  static ArchCondition<JavaClass> notUse(String text, Predicate<JavaCodeUnitAccess<?>> forbidden) {
    return new ArchCondition<>("not use " + text) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        type.getCodeUnitAccessesFromSelf().stream()
            .filter(forbidden)
            .forEach(
                access ->
                    events.add(SimpleConditionEvent.violated(access, access.getDescription())));
      }
    };
  }
}
