package dev.tenet.http.routing;

import dev.tenet.domain.identity.Principal;
import dev.tenet.domain.tenant.TenantId;
import io.helidon.http.Header;
import java.util.List;
import java.util.Optional;

/// A request's way in: what it has to pass.
public interface Passage {

  /// Of a request to which everything is open.
  Passage OPEN =
      new Passage() {
        @Override
        public Principal principal() {
          return Principal.ANYBODY;
        }

        @Override
        public void begin() {}

        @Override
        public TenantId enter(Optional<TenantId> named) {
          return named.orElseThrow(
              () -> new IllegalStateException("an open route has no tenant to enter"));
        }

        @Override
        public void charge(TenantId tenant, long tokens) {}

        @Override
        public List<Header> headers() {
          return List.of();
        }
      };

  /// {@return who asks}
  Principal principal();

  /// Takes the request as far as its path says: into the tenant that it names, charged as the route says.
  ///
  /// @throws dev.tenet.http.problem.ProblemException when it may not be served
  void begin();

  /// Enters a tenant, on a route whose path names none.
  ///
  /// @param named the tenant that the body names
  /// @return the tenant that is meant
  /// @throws dev.tenet.http.problem.ProblemException when there is none, when it may not be entered, or when the request is
  ///     not allowed there
  TenantId enter(Optional<TenantId> named);

  /// Charges the tenant for one request, on a route that knows itself what it costs.
  ///
  /// @param tokens the rules that will be evaluated
  /// @throws dev.tenet.http.problem.ProblemException when the tenant has used up its quota, or requests come too fast
  void charge(TenantId tenant, long tokens);

  /// {@return headers of the answer, whatever it is}
  List<Header> headers();
}
