package dev.tenet.cel.bytecode;

import dev.tenet.cel.plan.Condition;
import dev.tenet.cel.plan.IntegerTerm;
import dev.tenet.cel.plan.Loop;
import dev.tenet.cel.plan.RealTerm;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;

/// A condition without its literals: conditions that differ in their literals only have the same shape and share code. What
/// has no code, a condition or term that evaluates itself, counts as a literal, too.
///
/// The text of a shape can be read in one way only: code is shared between tenants, and two shapes with one text would be
/// decided by the code of one of them.
final class Shape {

  private final StringBuilder text = new StringBuilder();
  private final List<Long> integers = new ArrayList<>();
  private final List<Double> reals = new ArrayList<>();
  private final List<Object> objects = new ArrayList<>();
  private final IdentityHashMap<Object, Integer> parameters = new IdentityHashMap<>();
  private int size;

  private Shape() {}

  /// {@return the shape of a condition, and its literals}
  static Shape of(Condition condition) {
    Shape shape = new Shape();
    shape.visit(condition);
    return shape;
  }

  /// {@return what is the same for conditions of the same shape, and different for others}
  String text() {
    return text.toString();
  }

  /// {@return the integers among the literals}
  List<Long> integers() {
    return integers;
  }

  /// {@return the floating-point numbers among the literals}
  List<Double> reals() {
    return reals;
  }

  /// {@return the other literals}
  List<Object> objects() {
    return objects;
  }

  /// {@return the place of a node's literal among those of its kind}
  int parameter(Object node) {
    return Objects.requireNonNull(parameters.get(node), "a node without a literal");
  }

  /// {@return about how much code it becomes, in comparisons}
  int size() {
    return size;
  }

  private Shape put(Object part) {
    text.append(part).append(' ');
    return this;
  }

  private void integer(Object node, long literal) {
    put("int");
    parameters.put(node, integers.size());
    integers.add(literal);
  }

  private void real(Object node, double literal) {
    put("real");
    parameters.put(node, reals.size());
    reals.add(literal);
  }

  private void object(Object node, Object literal) {
    put("object");
    parameters.put(node, objects.size());
    objects.add(literal);
  }

  private void visit(List<Condition> operands) {
    operands.forEach(this::visit);
    put(")");
  }

  private void visit(Condition condition) {
    size++;
    switch (condition) {
      case Condition.Constant(boolean truth) -> put(truth);
      case Condition.Not(var operand) -> put("!").visit(operand);
      case Condition.And and -> put("&&(").visit(and.operands());
      case Condition.Or or -> put("||(").visit(or.operands());
      case Condition.Choice(var when, var yes, var no) -> put("?:(").visit(List.of(when, yes, no));
      case Condition.Present(int slot) -> put("has").put(slot);
      case Condition.Truth(int slot) -> put("truth").put(slot);
      case Condition.IntegerSlot integer ->
          put(integer.relation()).put(integer.slot()).integer(integer, integer.constant());
      case Condition.RealSlot real ->
          put(real.relation()).put(real.slot()).real(real, real.constant());
      case Condition.TextSlot text ->
          put(isOne(text) ? "text" : "texts")
              .put(text.slot())
              .object(text, isOne(text) ? text.texts().iterator().next() : text.texts());
      case Condition.Integers(var left, var relation, var right) -> {
        put("integers").put(relation);
        visit(left);
        visit(right);
      }
      case Condition.Reals(var left, var relation, var right) -> {
        put("reals").put(relation);
        visit(left);
        visit(right);
      }
      case Condition.Quantified(Loop loop) when ConditionCode.isNumbers(loop) -> {
        put(loop.quantifier()).put(loop.list()).put(loop.depth());
        integer(loop, loop.fuelPerElement());
        size += 10;
        visit(loop.body());
      }
      default -> object(condition, condition);
    }
  }

  static boolean isOne(Condition.TextSlot text) {
    return text.texts().size() == 1;
  }

  private void visit(IntegerTerm term) {
    size++;
    switch (term) {
      case IntegerTerm.Constant constant -> integer(constant, constant.number());
      case IntegerTerm.Slot(int slot) -> put("slot").put(slot);
      case IntegerTerm.Element(int loop) -> put("element").put(loop).object(term, term);
      case IntegerTerm.Arithmetic(var operation, var left, var right) -> {
        put(operation);
        visit(left);
        visit(right);
      }
      case IntegerTerm.Negated(var operand) -> put("-").visit(operand);
      default -> object(term, term);
    }
  }

  private void visit(RealTerm term) {
    size++;
    switch (term) {
      case RealTerm.Constant constant -> real(constant, constant.number());
      case RealTerm.Slot(int slot) -> put("slot").put(slot);
      case RealTerm.Element(int loop) -> put("element").put(loop).object(term, term);
      case RealTerm.Arithmetic(var operation, var left, var right) -> {
        put(operation);
        visit(left);
        visit(right);
      }
      case RealTerm.Negated(var operand) -> put("-").visit(operand);
      case RealTerm.OfInteger(var operand) -> put("double").visit(operand);
      default -> object(term, term);
    }
  }
}
