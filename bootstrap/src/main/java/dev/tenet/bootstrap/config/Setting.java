package dev.tenet.bootstrap.config;

import java.util.List;

/// A setting that an option, an environment variable and a key of the configuration file can give, in this order.
public enum Setting {
  HOST("--host", "TENET_HOST", "", "host", Setting.DEFAULT_HOST),
  PORT("--port", "TENET_PORT", "PORT", "port", Setting.DEFAULT_PORT),
  STORE("--store", "TENET_STORE", "", "store", Setting.DEFAULT_STORE),
  DATA_DIR("--data-dir", "TENET_DATA_DIR", "", "dataDir", Setting.DEFAULT_DATA_DIR),
  DEFINITIONS_MEMORY(
      "--definitions-memory", "TENET_DEFINITIONS_MEMORY", "", "definitionsMemory", ""),
  MAX_DEFINITIONS_AGE(
      "--max-definitions-age",
      "TENET_MAX_DEFINITIONS_AGE",
      "",
      "maxDefinitionsAge",
      Setting.DEFAULT_MAX_DEFINITIONS_AGE),
  MIGRATE("--migrate", "TENET_MIGRATE", "", "migrate", Setting.DEFAULT_MIGRATE),
  AUTH("--auth", "TENET_AUTH", "", "auth", ""),
  INSECURE("--insecure", "TENET_INSECURE", "", "insecure", Setting.DEFAULT_INSECURE),
  LOG_FORMAT("--log-format", "TENET_LOG_FORMAT", "", "logFormat", Setting.DEFAULT_LOG_FORMAT),
  LOG_LEVEL("--log-level", "TENET_LOG_LEVEL", "LOG_LEVEL", "logLevel", Setting.DEFAULT_LOG_LEVEL),
  ACCESS_LOG("--access-log", "TENET_ACCESS_LOG", "", "accessLog", Setting.DEFAULT_ACCESS_LOG),
  ERROR_SAMPLE_RATE(
      "--error-sample-rate",
      "TENET_ERROR_SAMPLE_RATE",
      "ERROR_SAMPLE_RATE",
      "errorSampleRate",
      Setting.DEFAULT_ERROR_SAMPLE_RATE),
  ARTEFACTS("--artefacts", "TENET_ARTEFACTS", "", "artefacts.store", Setting.DEFAULT_ARTEFACTS),
  ARTEFACTS_DIRECTORY(
      "--artefacts-directory", "TENET_ARTEFACTS_DIRECTORY", "", "artefacts.directory", ""),
  ARTEFACTS_ENDPOINT(
      "--artefacts-endpoint", "TENET_ARTEFACTS_ENDPOINT", "", "artefacts.s3.endpoint", ""),
  ARTEFACTS_BUCKET("--artefacts-bucket", "TENET_ARTEFACTS_BUCKET", "", "artefacts.s3.bucket", ""),
  ARTEFACTS_PREFIX(
      "--artefacts-prefix",
      "TENET_ARTEFACTS_PREFIX",
      "",
      "artefacts.s3.prefix",
      Setting.DEFAULT_ARTEFACTS_PREFIX),
  ARTEFACTS_REGION(
      "--artefacts-region",
      "TENET_ARTEFACTS_REGION",
      "",
      "artefacts.s3.region",
      Setting.DEFAULT_ARTEFACTS_REGION),
  EXTENSIONS("--extensions", "TENET_EXTENSIONS", "", "extensions", ""),
  CONFIG("--config", "TENET_CONFIG", "", "", "");

  /// The address of this machine that only itself can reach.
  public static final String DEFAULT_HOST = "127.0.0.1";

  public static final String DEFAULT_PORT = "8080";
  public static final String DEFAULT_STORE = "postgres";
  public static final String DEFAULT_DATA_DIR = "./data";
  public static final String DEFAULT_MAX_DEFINITIONS_AGE = "1h";
  public static final String DEFAULT_MIGRATE = "on";
  public static final String DEFAULT_INSECURE = "off";
  public static final String DEFAULT_ARTEFACTS = "database";
  public static final String DEFAULT_ARTEFACTS_PREFIX = "artefacts/";
  public static final String DEFAULT_ARTEFACTS_REGION = "us-east-1";
  public static final String DEFAULT_LOG_FORMAT = "text";
  public static final String DEFAULT_LOG_LEVEL = "info";
  public static final String DEFAULT_ACCESS_LOG = "problems";
  public static final String DEFAULT_ERROR_SAMPLE_RATE = "100";

  private final String option;
  private final String variable;
  private final String weakerVariable;
  private final String key;
  private final String fallback;

  Setting(String option, String variable, String weakerVariable, String key, String fallback) {
    this.option = option;
    this.variable = variable;
    this.weakerVariable = weakerVariable;
    this.key = key;
    this.fallback = fallback;
  }

  /// {@return the option of the command line}
  public String option() {
    return option;
  }

  /// {@return the environment variables, the stronger ones first}
  public List<String> variables() {
    return weakerVariable.isEmpty() ? List.of(variable) : List.of(variable, weakerVariable);
  }

  /// {@return the key in the configuration file, with dots between those that lead to it; empty when the file cannot give it}
  public String key() {
    return key;
  }

  /// {@return the value when nothing gives one; empty for none}
  public String fallback() {
    return fallback;
  }
}
