/// What an extension jar compiles against.
///
/// # What plugs in
///
/// An extension is a jar with one or more providers that is put into the folder given by `--extensions`. A provider is a
/// public class with a public constructor without parameters that implements
///
/// - [FunctionProvider], to add functions that rules and derived fields call;
/// - [StoreProvider], to add a place to keep tenants in. Tenet's own stores are providers like any other;
/// - [DecisionListener], to be told of every decision;
/// - [GovernanceListener], to be told what policies and quotas say;
/// - [ChangeListener], to be asked before anything of a tenant changes, and told afterwards;
///
/// and that is named in the jar, in the file `META-INF/services/` with the full name of the interface, a line for each class.
///
/// # A small example
///
/// ```java
/// package acme;
///
/// public final class Tax implements FunctionProvider {
///
///   @Override
///   public String name() {
///     return "acme-tax";
///   }
///
///   @Override
///   public List<Function> functions() {
///     return List.of(
///         new Function(
///             "acme.taxRate", List.of(Scalar.STRING), Scalar.FLOAT64, 2, arguments -> rate((String) arguments.getFirst())));
///   }
///
///   private static double rate(String country) {
///     return switch (country) {
///       case "DE" -> 0.19;
///       case "FR" -> 0.20;
///       default -> throw new IllegalArgumentException("there is no rate for " + country);
///     };
///   }
/// }
/// ```
///
/// With a file `META-INF/services/dev.tenet.spi.FunctionProvider` in which `acme.Tax` stands, that is all. The dependency on `tenet-spi` is
/// `provided`: the server has it. Then a rule reads `acme.taxRate(Order.Country) > 0.19`, is type-checked, and fails with
/// `invalid_argument` and the message where there is no rate. With `tenet-spi-testkit` the function is tested without a server:
///
/// ```java
/// FunctionTrial trial = FunctionTrial.of(new Tax());
/// assertThat(trial.value("acme.taxRate('DE')")).isEqualTo(0.19);
/// assertThat(trial.fault("acme.taxRate('XX')").message()).isEqualTo("acme.taxRate: there is no rate for XX");
/// ```
///
/// # The life of a jar
///
/// 1. A jar that was put into the folder is taken when it has not changed for a second, at the start or while the server runs. It is
///    copied, opened, its providers are made, and each [FunctionProvider] is asked once for its functions.
/// 2. What can be used is put in force at once: tenants are compiled anew with the functions, listeners are told from the next decision on, stores
///    can be chosen at the next start.
/// 3. A function or listener is called by many threads at once, at any time. A function gives the same result for the same arguments, and
///    keeps nothing that changes; what it throws is a fault of the rule that called.
/// 4. When the jar is replaced or removed, no new evaluation calls it. Evaluations under way finish with it, so that the old
///    and the new version run side by side for a while. Nobody tells it that it ends: a provider that started threads or opened
///    connections keeps them, and with them its classes, until the server ends. So it does neither, or opens what it needs as daemon and for as
///    long as a call takes.
/// 5. A version of which something cannot be used does not replace one that can. `./tenet extensions check FILE` says so beforehand.
///
/// # Class loading
///
/// Each jar has a class loader of its own. It sees the JDK, this package, what its signatures name (`dev.tenet.application`, `dev.tenet.domain` and
/// JSpecify), and the jar's own classes; of Tenet's libraries it sees nothing. So a jar brings its libraries along, in its own versions, packed into the
/// one file; two jars may have different versions of the same library. The thread's context class loader is the server's and not the
/// jar's: a library that looks for classes by it must be told the jar's.
///
/// # What stays
///
/// An extension that was compiled against an earlier version of this package goes on working: a test compares it with the recorded one. Methods
/// are added with a default. Of what the signatures name that is meant, and not proved.
@NullMarked
package dev.tenet.spi;

import org.jspecify.annotations.NullMarked;
