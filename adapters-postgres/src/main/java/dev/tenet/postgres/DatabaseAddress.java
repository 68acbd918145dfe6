package dev.tenet.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;

/// Where a database is, and how to log in.
///
/// @param jdbcUrl without any credentials
/// @param properties of the driver, credentials among them; never logged
record DatabaseAddress(String jdbcUrl, Map<String, String> properties) {

  private static final String HOST = "(?:\\[[^\\]/?@]+\\]|[^:,/?@\\[\\]]+)(?::\\d+)?";

  private static final Pattern URL =
      Pattern.compile(
          "(?:jdbc:)?postgres(?:ql)?://(?:(?<user>[^:@/?]*)(?::(?<password>[^@/?]*))?@)?"
              + "(?<hosts>"
              + HOST
              + "(?:,"
              + HOST
              + ")*)(?:/(?<database>[^/?@]*))?(?:\\?(?<parameters>.*))?");

  /// What may be repeated to the operator: nothing else of an address is surely no part of a password.
  private static final Pattern PARAMETER = Pattern.compile("[A-Za-z_]+");

  /// The names of libpq's parameters that the JDBC driver calls otherwise.
  private static final Map<String, String> RENAMED =
      Map.of(
          "application_name", "ApplicationName",
          "channel_binding", "channelBinding",
          "connect_timeout", "connectTimeout",
          "require_auth", "requireAuth",
          "target_session_attrs", "targetServerType");

  private static final Map<String, String> SESSION_ATTRIBUTES =
      Map.of(
          "read-write", "primary",
          "prefer-standby", "preferSecondary",
          "standby", "secondary",
          "read-only", "secondary");

  /// Deadlines for all that precedes a statement and for giving one up; and no prepared statements on the server, for behind a pooler
  /// the next transaction may have another connection; and no tenant's data in the messages of errors.
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "logServerErrorDetail", "false",
          "connectTimeout", "5",
          "loginTimeout", "10",
          "cancelSignalTimeout", "5",
          "tcpKeepAlive", "true",
          "prepareThreshold", "0",
          "ApplicationName", "tenet");

  DatabaseAddress {
    Map<String, String> all = new HashMap<>(DEFAULTS);
    all.putAll(properties);
    properties = Map.copyOf(all);
  }

  /// {@return the address that a URL such as `postgresql://user:password@host:5432/database?sslmode=require` names}
  ///
  /// @param setting the name of the setting that gives the URL, for messages
  /// @throws IllegalArgumentException when it is none; the message does not repeat it, for it may hold a password
  static DatabaseAddress parse(String setting, String url) {
    Matcher matcher = URL.matcher(url.strip());
    if (!matcher.matches()
        || !isDecodable(matcher.group("user"))
        || !isDecodable(matcher.group("password"))
        || !isDecodable(matcher.group("parameters"))) {
      throw malformed(setting);
    }
    Map<String, String> properties = new HashMap<>();
    put(properties, "user", matcher.group("user"));
    put(properties, "password", matcher.group("password"));
    String parameters = matcher.group("parameters");
    if (parameters != null) {
      for (String parameter : parameters.split("&", -1)) {
        parameter(setting, parameter, properties);
      }
    }
    String database = matcher.group("database");
    return new DatabaseAddress(
        "jdbc:postgresql://" + matcher.group("hosts") + "/" + (database == null ? "" : database),
        properties);
  }

  private static void put(Map<String, String> properties, String name, String value) {
    if (value != null && !value.isEmpty()) {
      properties.put(name, decode(value));
    }
  }

  private static void parameter(String setting, String parameter, Map<String, String> properties) {
    if (parameter.isEmpty()) {
      return;
    }
    int equals = parameter.indexOf('=');
    String given = equals < 0 ? parameter : parameter.substring(0, equals);
    String value = equals < 0 ? "" : decode(parameter.substring(equals + 1));
    String name = RENAMED.getOrDefault(given, given);
    if (!PARAMETER.matcher(given).matches()) {
      throw malformed(setting);
    }
    if (PGProperty.forName(name) == null) {
      throw new IllegalArgumentException(
          "%s has the parameter \"%s\", which is not known.".formatted(setting, given));
    }
    properties.put(name, given.equals("target_session_attrs") ? sessionAttributes(value) : value);
  }

  private static String sessionAttributes(String value) {
    return SESSION_ATTRIBUTES.getOrDefault(value, value);
  }

  private static IllegalArgumentException malformed(String setting) {
    return new IllegalArgumentException(
        setting
            + " is not of the form postgresql://user:password@host:5432/database?sslmode=require;"
            + " write special characters in percent-encoding, such as %2F for / and %40 for @ in the password.");
  }

  private static boolean isDecodable(@Nullable String text) {
    try {
      return text == null || decode(text).length() <= text.length();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
  }

  /// {@return the same address, where operators of the database see the connections by this name}
  DatabaseAddress named(String application) {
    Map<String, String> all = new HashMap<>(properties);
    all.put("ApplicationName", application);
    return new DatabaseAddress(jdbcUrl, all);
  }

  /// {@return the driver's properties}
  ///
  /// @param longestSilence after which a connection counts as broken, unless the URL says otherwise; zero for never
  Map<String, String> login(Duration longestSilence) {
    Map<String, String> login = new HashMap<>(properties);
    login.putIfAbsent("socketTimeout", Long.toString(longestSilence.toSeconds()));
    return login;
  }

  /// {@return a new connection}
  ///
  /// @param longestSilence as in [#login]
  Connection connect(Duration longestSilence) throws SQLException {
    var properties = new Properties();
    properties.putAll(login(longestSilence));
    return DriverManager.getConnection(jdbcUrl, properties);
  }

  /// {@return the address without what nobody should read}
  @Override
  public String toString() {
    return jdbcUrl.substring("jdbc:".length());
  }
}
