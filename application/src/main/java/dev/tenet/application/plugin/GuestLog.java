package dev.tenet.application.plugin;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.tenet.domain.plugin.InstalledPlugin;
import dev.tenet.domain.tenant.TenantId;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// Writes to the server's log what guests want written there: of each tenant so many lines a minute, so that none of them fills it.
final class GuestLog {

  static final int MOST_LINES = 600;

  private static final Logger LOG = System.getLogger(GuestLog.class.getName());
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int MOST_TENANTS = 10_000;

  /// How many lines each tenant has written since its first of the minute.
  private final LoadingCache<TenantId, AtomicLong> written =
      Caffeine.newBuilder()
          .maximumSize(MOST_TENANTS)
          .expireAfterWrite(WINDOW)
          .build(_ -> new AtomicLong());

  void write(PluginCalls.Caller caller, InstalledPlugin plugin, Level level, String text) {
    if (!LOG.isLoggable(level)) {
      return;
    }
    long lines = written.get(caller.tenant()).incrementAndGet();
    if (lines <= MOST_LINES) {
      LOG.log(
          level,
          () ->
              "%s of the tenant %s: %s"
                  .formatted(plugin.name(), caller.tenant(), readable(caller, text)));
    } else if (lines == MOST_LINES + 1) {
      LOG.log(
          Level.WARNING,
          () ->
              "plugins and scripts of the tenant %s log more than %d lines a minute; the rest of this minute is not written"
                  .formatted(caller.tenant(), MOST_LINES));
    }
  }

  /// A guest may log what it was given.
  private static String readable(PluginCalls.Caller caller, String text) {
    return caller.secretive()
        ? "(not written: rules of this tenant read sensitive fields)"
        : text.replaceAll("\\p{Cntrl}", " ");
  }
}
