package dev.tenet.cel;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.types.CelType;
import dev.tenet.domain.schema.Schema;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Compiles expressions, each one once: what has the same text, schema and types of derived fields is shared.
final class ExpressionCompiler {

  private static final int SCHEMAS = 1_000;
  private static final int IDENTIFIERS = 10_000;
  private static final int WORDS = 50_000;
  private static final long CACHE_WEIGHT = 200_000_000;
  private static final int WEIGHT_PER_EXPRESSION = 2_000;
  private static final int WEIGHT_PER_CHARACTER = 100;

  /// What the outcome of compiling depends on. A suggestion may be any name, so that faults depend on all of them.
  private record Key(
      SchemaTypes schema,
      Map<String, CelType> derived,
      Set<String> broken,
      Set<String> allNames,
      SourceText source) {
    private Key faulty(ExpressionChecker.Scope scope) {
      Set<String> names = new HashSet<>(scope.derived().keySet());
      names.addAll(scope.broken());
      return new Key(schema, derived, broken, names, source);
    }
  }

  /// What is known of schemas and texts whatever functions there are.
  private static final class Syntax {
    final Cache<Schema, SchemaTypes> schemas = Caffeine.newBuilder().maximumSize(SCHEMAS).build();
    final Cache<String, Set<String>> identifiers =
        Caffeine.newBuilder().maximumSize(IDENTIFIERS).build();
    final Cache<String, List<String>> words = Caffeine.newBuilder().maximumSize(WORDS).build();
  }

  private final ExpressionChecker checker;
  private final FunctionTable functions;
  private final Syntax syntax;
  private final Cache<Key, CompiledExpression> expressions =
      Caffeine.newBuilder()
          .maximumWeight(CACHE_WEIGHT)
          .weigher((Key key, CompiledExpression value) -> weight(key))
          .build();

  ExpressionCompiler(ExpressionChecker checker, FunctionTable functions) {
    this(checker, functions, new Syntax());
  }

  private ExpressionCompiler(ExpressionChecker checker, FunctionTable functions, Syntax syntax) {
    this.checker = checker;
    this.functions = functions;
    this.syntax = syntax;
  }

  /// {@return a compiler with other functions, which shares what does not depend on them}
  ExpressionCompiler with(ExpressionChecker otherChecker, FunctionTable others) {
    return new ExpressionCompiler(otherChecker, others, syntax);
  }

  private static int weight(Key key) {
    return WEIGHT_PER_EXPRESSION + WEIGHT_PER_CHARACTER * key.source().text().length();
  }

  SchemaTypes schema(Schema schema) {
    return syntax.schemas.get(schema, SchemaTypes::new);
  }

  CompiledExpression compile(ExpressionChecker.Scope scope, SourceText source) {
    Key sound = sound(scope, source);
    CompiledExpression known = known(sound, scope);
    if (known != null) {
      return known;
    }
    CompiledExpression compiled = compiled(scope, source);
    expressions.put(compiled.checked().isFaulty() ? sound.faulty(scope) : sound, compiled);
    return compiled;
  }

  /// {@return what checking the expression gives; what is not compiled yet is not kept}
  Checked check(ExpressionChecker.Scope scope, SourceText source) {
    CompiledExpression known = known(sound(scope, source), scope);
    return known == null ? checker.check(scope, source) : known.checked();
  }

  private @Nullable CompiledExpression known(Key sound, ExpressionChecker.Scope scope) {
    CompiledExpression known = expressions.getIfPresent(sound);
    return known == null ? expressions.getIfPresent(sound.faulty(scope)) : known;
  }

  private Key sound(ExpressionChecker.Scope scope, SourceText source) {
    Map<String, CelType> derived = new HashMap<>();
    Set<String> broken = new HashSet<>();
    for (String name : syntax.words.get(source.text(), text -> source.identifiers())) {
      CelType type = scope.derived().get(name);
      if (type != null) {
        derived.put(name, type);
      } else if (scope.broken().contains(name)) {
        broken.add(name);
      }
    }
    return new Key(scope.schema(), derived, broken, Set.of(), source);
  }

  /// {@return the names that the text uses and does not declare itself; none when it cannot be parsed}
  Set<String> freeIdentifiers(String text) {
    return syntax.identifiers.get(text, checker::freeIdentifiers);
  }

  private CompiledExpression compiled(ExpressionChecker.Scope scope, SourceText source) {
    Checked checked = checker.check(scope, source);
    CelAbstractSyntaxTree ast = checked.ast();
    return new CompiledExpression(
        checked,
        ast == null || checked.isFaulty()
            ? null
            : TreePlanner.plan(ast, functions, scope.schema(), checked.references().derived()));
  }
}
