package dev.tenet.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.ast.CelExpr;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.diagnostic.Quoted;
import dev.tenet.domain.diagnostic.Spelling;
import dev.tenet.domain.schema.FieldType;
import dev.tenet.domain.tenant.Limits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Says what cel-java found in the words of a rule's author.
final class Issues {

  /// How macros are written. One that is written otherwise is none, and taken for a function.
  private static final Map<String, String> MACROS =
      Map.of(
          "has", "has(object.field)",
          "all", "list.all(element, condition)",
          "exists", "list.exists(element, condition)",
          "exists_one", "list.exists_one(element, condition)",
          "existsOne", "list.exists_one(element, condition)",
          "filter", "list.filter(element, condition)",
          "map",
              "list.map(element, value), or list.map(element, condition, value) for some of them",
          "cel.bind", "cel.bind(name, value, expression)");

  private static final Pattern UNDECLARED = Pattern.compile("undeclared reference to '(.*?)'.*");
  private static final Pattern FIELD = Pattern.compile("undefined field '(.*?)'");
  private static final Pattern OVERLOAD =
      Pattern.compile(
          "found no matching overload for '(.*?)' applied to '(.*?)'.*", Pattern.DOTALL);
  private static final Pattern RANGE =
      Pattern.compile("expression of type '(.*?)' cannot be range of a comprehension.*");
  private static final Pattern SELECTION =
      Pattern.compile("type '(.*?)' does not support field selection");
  private static final Pattern EXPECTED =
      Pattern.compile("expected type '(.*?)' but found '(.*?)'");
  private static final Pattern MISSING = Pattern.compile("missing '(.*?)' at .*");
  private static final Pattern RESERVED = Pattern.compile("reserved identifier: (.*)");

  /// What people write for CEL's operators.
  private static final Map<String, String> OPERATORS =
      Map.of("=>", ">=", "=<", "<=", "=", "==", "&", "&&", "|", "||", "and", "&&", "or", "||");

  private static final String NO_CLOSING_QUOTE = "The text that begins here has no closing quote.";

  private final SourceText source;
  private final ExpressionChecker.Scope scope;
  private final Set<String> functions;
  private final Limits limits;

  Issues(SourceText source, ExpressionChecker.Scope scope, Set<String> functions, Limits limits) {
    this.source = source;
    this.scope = scope;
    this.functions = functions;
    this.limits = limits;
  }

  /// {@return the faults of parsing, one for each place}
  List<Diagnostic> syntax(Collection<CelIssue> issues) {
    Map<Integer, Diagnostic> byPlace = new LinkedHashMap<>();
    for (CelIssue issue : issues) {
      Diagnostic fault = syntax(issue);
      if (!fault.code().equals("syntax_error")) {
        return List.of(fault);
      }
      if (fault.location() instanceof Location.Span span) {
        byPlace.putIfAbsent(span.offset(), fault);
      }
    }
    List<Diagnostic> faults = List.copyOf(byPlace.values());
    return faults.stream()
        .filter(fault -> hidesOthers(fault))
        .findFirst()
        .map(List::of)
        .orElse(faults);
  }

  /// After a text that does not end, or an operator that is none, nothing makes sense to the parser.
  private static boolean hidesOthers(Diagnostic fault) {
    return fault.message().equals(NO_CLOSING_QUOTE)
        || fault.message().startsWith(Escapes.MALFORMED)
        || fault.suggestion() != null;
  }

  private Diagnostic syntax(CelIssue issue) {
    String message = issue.getMessage();
    if (message.contains("recursion limit")) {
      return SyntaxLimits.tooDeep(source, limits);
    }
    if (message.contains("node limit")) {
      return SyntaxLimits.tooLarge(source, limits);
    }
    Location.Span span = source.token(source.offset(issue.getSourceLocation()));
    Optional<Diagnostic> known = escape(message, span).or(() -> operator(message, span));
    if (known.isPresent()) {
      return known.get();
    }
    Matcher missing = MISSING.matcher(message);
    Matcher reserved = RESERVED.matcher(message);
    String said;
    if (missing.matches()) {
      said =
          "A \"%s\" is missing %s."
              .formatted(missing.group(1), span.length() == 0 ? "at the end" : "here");
    } else if (reserved.matches()) {
      said = "\"%s\" is a reserved word of CEL.".formatted(reserved.group(1));
    } else if (span.length() == 0) {
      said = "The expression ends too early.";
    } else if (message.startsWith("token recognition error")) {
      said = unreadable(span);
    } else if (message.startsWith("For input string") || message.contains("out of range")) {
      said = "The number is beyond the 64-bit integers.";
    } else if (jargon(message)) {
      said = "Unexpected %s here.".formatted(Quoted.text(source.textOf(span)));
    } else {
      return Diagnostic.error("syntax_error", source.name(span.offset()), sentence(message));
    }
    return Diagnostic.error("syntax_error", span, said);
  }

  /// {@return the fault of a text that has an escape that CEL does not know}
  private Optional<Diagnostic> escape(String message, Location.Span span) {
    return message.startsWith("token recognition error")
            || message.startsWith("Invalid unicode")
            || message.startsWith("Illegal escape")
        ? Escapes.fault(source, span.offset())
        : Optional.empty();
  }

  /// {@return the fault of an operator of other languages}
  private Optional<Diagnostic> operator(String message, Location.Span span) {
    boolean unread = message.startsWith("token recognition error");
    if (!unread && !jargon(message)) {
      return Optional.empty();
    }
    boolean afterOperator =
        span.offset() > 0 && "=!<>".indexOf(source.text().charAt(span.offset() - 1)) >= 0;
    int two = Math.min(source.text().length(), span.offset() + 2);
    String longer = unread ? source.text().substring(span.offset(), two) : "";
    Location.Span written = OPERATORS.containsKey(longer) ? source.span(span.offset(), two) : span;
    String meant = OPERATORS.get(source.textOf(written));
    return meant == null || afterOperator
        ? Optional.empty()
        : Optional.of(
            Diagnostic.error(
                "syntax_error",
                written,
                "%s is no operator of CEL; did you mean %s?"
                    .formatted(Quoted.text(source.textOf(written)), Quoted.text(meant)),
                meant));
  }

  private String unreadable(Location.Span span) {
    String token = source.textOf(span);
    return token.startsWith("\"") || token.startsWith("'")
        ? NO_CLOSING_QUOTE
        : "Unexpected %s here.".formatted(Quoted.text(token));
  }

  private static boolean jargon(String message) {
    return message.contains("expecting")
        || message.contains("input")
        || message.contains("parse errors")
        || message.contains("wanted");
  }

  private static String sentence(String message) {
    String text = TypeNames.ofMessage(message.strip());
    return Character.toUpperCase(text.charAt(0))
        + text.substring(1)
        + (text.endsWith(".") ? "" : ".");
  }

  /// {@return the faults of checking}
  List<Diagnostic> types(Collection<CelIssue> issues, CelAbstractSyntaxTree parsed) {
    Map<Long, CelExpr> exprs = ExprIndex.of(parsed);
    Map<Location, Diagnostic> byPlace = new LinkedHashMap<>();
    for (CelIssue issue : issues) {
      CelExpr expr = exprs.get(issue.getExprId());
      Diagnostic fault = type(issue, expr, exprs);
      byPlace.putIfAbsent(fault.location(), fault);
    }
    return withoutFollowUps(List.copyOf(byPlace.values()));
  }

  /// A call whose namespace is unknown is one fault, and it is the call's.
  private static List<Diagnostic> withoutFollowUps(List<Diagnostic> faults) {
    List<Diagnostic> kept = new ArrayList<>();
    for (Diagnostic fault : faults) {
      boolean inside =
          faults.stream()
              .anyMatch(
                  other ->
                      other.code().equals("unknown_function")
                          && contains(other.location(), fault.location()));
      if (!inside) {
        kept.add(fault);
      }
    }
    return kept;
  }

  private static boolean contains(Location outer, Location inner) {
    return outer instanceof Location.Span o
        && inner instanceof Location.Span i
        && o.offset() <= i.offset()
        && o.offset() + o.length() >= i.offset() + i.length()
        && o.length() > i.length();
  }

  private Diagnostic type(CelIssue issue, @Nullable CelExpr expr, Map<Long, CelExpr> exprs) {
    String message = issue.getMessage();
    int offset = source.offset(issue.getSourceLocation());
    Matcher undeclared = UNDECLARED.matcher(message);
    if (undeclared.matches()) {
      return undeclared(undeclared.group(1), expr, offset, exprs);
    }
    Matcher field = FIELD.matcher(message);
    if (field.matches()) {
      return unknownField(field.group(1), expr, offset);
    }
    Matcher overload = OVERLOAD.matcher(message);
    if (overload.matches()) {
      String function = overload.group(1);
      Location.Span span =
          Operators.isOperator(function) ? source.token(offset) : source.name(offset);
      return Diagnostic.error(
          "type_mismatch", span, Mismatch.describe(function, overload.group(2)));
    }
    Matcher range = RANGE.matcher(message);
    if (range.matches()) {
      return mismatch(
          source.name(offset),
          "Only a list or a map can be gone through, not %s."
              .formatted(TypeNames.ofMessage(range.group(1))));
    }
    Matcher selection = SELECTION.matcher(message);
    if (selection.matches()) {
      return mismatch(
          source.name(offset),
          "A value of type %s has no fields.".formatted(TypeNames.ofMessage(selection.group(1))));
    }
    Matcher expected = EXPECTED.matcher(message);
    if (expected.matches()) {
      return mismatch(
          source.token(offset),
          "Expected %s but found %s."
              .formatted(
                  TypeNames.ofMessage(expected.group(1)), TypeNames.ofMessage(expected.group(2))));
    }
    return Diagnostic.error("invalid_expression", source.token(offset), sentence(message));
  }

  private static Diagnostic mismatch(Location.Span span, String message) {
    return Diagnostic.error("type_mismatch", span, message);
  }

  private Diagnostic undeclared(
      String name, @Nullable CelExpr expr, int offset, Map<Long, CelExpr> exprs) {
    if (expr != null && expr.getKind() == CelExpr.ExprKind.Kind.CALL) {
      return unknownFunction(qualified(expr, name), offset);
    }
    CelExpr call = expr == null ? null : callOn(expr, exprs);
    String called = call == null ? "" : qualified(call, call.call().function());
    if (called.startsWith(name + '.')) {
      return unknownFunction(called, offset);
    }
    Set<String> known = variables();
    String nearest = fieldNamed(name).or(() -> Spelling.nearest(name, known)).orElse(null);
    return Diagnostic.error(
        "unknown_name",
        source.token(offset),
        "There is no object or derived field %s%s"
            .formatted(Quoted.text(name), didYouMean(nearest)),
        nearest);
  }

  /// {@return the path of the field of this name, when exactly one object has one}
  private Optional<String> fieldNamed(String name) {
    List<String> objects =
        scope.schema().objects().stream()
            .filter(object -> scope.schema().shape(object).slot(name) >= 0)
            .toList();
    return objects.size() == 1 ? Optional.of(objects.getFirst() + '.' + name) : Optional.empty();
  }

  /// {@return the names of all variables}
  private Set<String> variables() {
    Set<String> known = new TreeSet<>(scope.schema().objects());
    known.addAll(scope.derived().keySet());
    known.addAll(scope.broken());
    known.add(ExpressionChecker.NOW);
    return known;
  }

  /// {@return the name with the namespace before it, when that is no variable}
  private String qualified(CelExpr call, String name) {
    return call.call()
        .target()
        .map(Issues::path)
        .filter(namespace -> isNamespace(namespace, name))
        .map(namespace -> namespace + '.' + name)
        .orElse(name);
  }

  /// Whether functions begin with this path, or nothing else can be meant by it: the functions of an extension may be gone.
  private boolean isNamespace(String path, String function) {
    if (path.isEmpty()) {
      return false;
    }
    if (functions.stream().anyMatch(known -> known.startsWith(path + '.'))) {
      return true;
    }
    String root = path.substring(0, (path + '.').indexOf('.'));
    Set<String> known = variables();
    if (known.contains(root)) {
      return false;
    }
    return PluginFunctions.owns(path + '.')
        || (!functions.contains(function)
            && fieldNamed(root).isEmpty()
            && Spelling.nearest(root, known).isEmpty());
  }

  /// {@return the names joined by dots, or nothing when it is not made of names alone}
  private static String path(CelExpr expr) {
    return switch (expr.getKind()) {
      case IDENT -> expr.ident().name();
      case SELECT -> {
        String operand = path(expr.select().operand());
        yield operand.isEmpty() ? "" : operand + '.' + expr.select().field();
      }
      default -> "";
    };
  }

  private static @Nullable CelExpr callOn(CelExpr root, Map<Long, CelExpr> exprs) {
    return exprs.values().stream()
        .filter(expr -> expr.getKind() == CelExpr.ExprKind.Kind.CALL)
        .filter(expr -> expr.call().target().filter(found -> begins(root, found)).isPresent())
        .findFirst()
        .orElse(null);
  }

  private static boolean begins(CelExpr root, CelExpr path) {
    return root.id() == path.id()
        || (path.getKind() == CelExpr.ExprKind.Kind.SELECT
            && begins(root, path.select().operand()));
  }

  private Diagnostic unknownFunction(String name, int offset) {
    Location.Span end = source.name(offset);
    int start = name.indexOf('.') < 0 ? end.offset() : start(name, end);
    Location.Span span =
        source.span(start, Math.max(start + name.length(), end.offset() + end.length()));
    String form = MACROS.get(name);
    if (form != null) {
      return Diagnostic.error(
          "unknown_function", span, "%s is written %s.".formatted(Quoted.text(name), form));
    }
    String nearest = Spelling.nearest(name, functions).orElse(null);
    return Diagnostic.error(
        "unknown_function",
        span,
        "There is no function %s%s".formatted(Quoted.text(name), didYouMean(nearest)),
        nearest);
  }

  private int start(String name, Location.Span end) {
    int found = source.text().lastIndexOf(name, end.offset());
    return found < 0 ? end.offset() : found;
  }

  private Diagnostic unknownField(String name, @Nullable CelExpr expr, int offset) {
    Optional<StructShape> owner = Optional.ofNullable(expr).flatMap(this::owner);
    Set<String> known = new TreeSet<>();
    owner.ifPresent(shape -> shape.fields().forEach(field -> known.add(field.name())));
    String nearest = Spelling.nearest(name, known).orElse(null);
    return Diagnostic.error(
        "unknown_field",
        source.name(offset),
        "%s has no field %s%s"
            .formatted(
                owner.map(StructShape::path).orElse("The object"),
                Quoted.text(name),
                didYouMean(nearest)),
        nearest);
  }

  /// {@return the object whose field the expression selects, when a path leads to it}
  private Optional<StructShape> owner(CelExpr expr) {
    return switch (expr.getKind()) {
      case SELECT -> shape(expr.select().operand());
      case CALL ->
          expr.call().function().equals("_?._")
              ? shape(expr.call().args().get(0))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private Optional<StructShape> shape(CelExpr expr) {
    if (expr.getKind() == CelExpr.ExprKind.Kind.IDENT) {
      String name = expr.ident().name();
      return scope.schema().hasObject(name)
          ? Optional.of(scope.schema().shape(name))
          : Optional.empty();
    }
    if (expr.getKind() != CelExpr.ExprKind.Kind.SELECT) {
      return Optional.empty();
    }
    String field = expr.select().field();
    return shape(expr.select().operand())
        .filter(shape -> shape.slot(field) >= 0)
        .filter(shape -> shape.field(shape.slot(field)).type() instanceof FieldType.ObjectOf)
        .map(shape -> shape.nested(field));
  }

  private static String didYouMean(@Nullable String nearest) {
    return nearest == null ? "." : "; did you mean \"" + nearest + "\"?";
  }

  /// {@return a fault for each use of a derived field that cannot be computed}
  List<Diagnostic> broken(Set<String> used, CelAbstractSyntaxTree ast) {
    List<Diagnostic> faults = new ArrayList<>();
    for (CelExpr expr : ExprIndex.of(ast).values()) {
      if (expr.getKind() == CelExpr.ExprKind.Kind.IDENT
          && used.contains(expr.ident().name())
          && scope.broken().contains(expr.ident().name())) {
        Integer position = ast.getSource().getPositionsMap().get(expr.id());
        faults.add(
            Diagnostic.error(
                "derived_field_broken",
                source.token(source.offsetOfCodePoint(position == null ? 0 : position)),
                "The derived field \"%s\" cannot be computed: its own expression has errors."
                    .formatted(expr.ident().name())));
      }
    }
    return faults;
  }
}
