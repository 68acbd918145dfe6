package dev.tenet.cel.bytecode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.cel.plan.Condition;
import dev.tenet.cel.plan.IntegerTerm;
import dev.tenet.cel.plan.RealTerm;
import dev.tenet.cel.plan.Relation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Conditions share code when they differ in their literals only, and never otherwise.
@Timeout(30)
class ShapeTest {

  private static final RealTerm LITERAL = new RealTerm.Constant(1.5);

  @Test
  void literalsAreNoPartOfAShape() {
    assertThat(text(new Condition.IntegerSlot(1, Relation.LESS, 3)))
        .isEqualTo(text(new Condition.IntegerSlot(1, Relation.LESS, 4)))
        .isNotEqualTo(text(new Condition.IntegerSlot(2, Relation.LESS, 3)))
        .isNotEqualTo(text(new Condition.IntegerSlot(1, Relation.AT_MOST, 3)))
        .isNotEqualTo(text(new Condition.RealSlot(1, Relation.LESS, 3)));
  }

  @Test
  void aLiteralIsNoConversionOfWhatStandsBehindIt() {
    var literalFirst =
        new Condition.Reals(plus(LITERAL, new RealTerm.Slot(5)), Relation.LESS, converted(6));
    var conversionFirst =
        new Condition.Reals(plus(converted(5), LITERAL), Relation.LESS, new RealTerm.Slot(6));

    assertThat(text(literalFirst)).isNotEqualTo(text(conversionFirst));
  }

  @Test
  void anEqualityOfTruthValuesIsAsLargeAsItsOperands() {
    Condition nested = new Condition.Truth(0);
    for (int depth = 0; depth < 64; depth++) {
      nested = new Condition.Same(new Condition.Truth(depth), nested);
    }

    assertThat(Shape.of(nested).size()).isLessThan(200);
  }

  private static String text(Condition condition) {
    return Shape.of(condition).text();
  }

  private static RealTerm plus(RealTerm left, RealTerm right) {
    return new RealTerm.Arithmetic(RealTerm.Operation.PLUS, left, right);
  }

  private static RealTerm converted(int slot) {
    return new RealTerm.OfInteger(new IntegerTerm.Slot(slot));
  }
}
