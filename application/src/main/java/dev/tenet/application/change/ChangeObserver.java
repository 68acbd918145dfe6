package dev.tenet.application.change;

import dev.tenet.domain.audit.AuditEvent;
import dev.tenet.domain.tenant.TenantId;
import java.util.Map;
import java.util.Optional;

/// Is asked before a tenant changes, and told afterwards, on the thread of the request: be quick, for other changes of the tenant wait.
public interface ChangeObserver {

  /// A change as the audit records it.
  ///
  /// @param event what it does, such as `rule_added`
  /// @param resource what it concerns, such as `rule/` and the rule's id
  /// @param revision what it makes of the tenant
  /// @param actor who asks for it
  /// @param before the definition or settings before it, as plain values; empty when there are none. What is large is represented by its
  ///     size and hash
  /// @param after those after it
  record ChangeEvent(
      String event,
      String resource,
      long revision,
      String actor,
      Map<String, ?> before,
      Map<String, ?> after) {
    public ChangeEvent {
      before = Map.copyOf(before);
      after = Map.copyOf(after);
    }

    static ChangeEvent of(long revision, AuditEvent audit) {
      return new ChangeEvent(
          audit.action(),
          audit.resource(),
          revision,
          audit.actor(),
          members(audit, "before"),
          members(audit, "after"));
    }

    @SuppressWarnings("unchecked") // objects of a detail have string keys
    private static Map<String, ?> members(AuditEvent audit, String name) {
      return audit.detail().members().get(name) instanceof Map<?, ?> members
          ? (Map<String, ?>) members
          : Map.of();
    }
  }

  /// A change, or a dry run of one, is about to be made. It may be asked of several times, and may still fail. Whoever throws refuses
  /// it, too.
  ///
  /// @return why it must not be made, a sentence for who asked for it; empty to let it be made
  default Optional<String> before(TenantId tenant, ChangeEvent change) {
    return Optional.empty();
  }

  /// A change was made and is kept. What is thrown is logged and counted.
  default void after(TenantId tenant, ChangeEvent change) {}
}
