package dev.corsage.store.redis;

import static dev.corsage.store.redis.Commands.command;

import dev.corsage.store.EditableAllowList;
import dev.corsage.store.StoreException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisException;

/** A list in {@link Keys two keys of a server}: asked for both in one round trip. */
final class RedisAllowList implements EditableAllowList {

  /** So many entries are written at once: the server does nothing else meanwhile. */
  private static final int BATCH = 500;

  private static final int MAX_PAGE = 1_000;

  private static final int QUIET_MILLIS = 15_000;

  private final Keys keys;
  private final Commands commands;
  private final Pages pages;
  private final Failures failures;
  private final Clock clock;

  /** Null if nobody wants to hear of changes. */
  private final ChangeWatcher watcher;

  RedisAllowList(RedisReference reference, Connections connections, Clock clock) {
    this.clock = clock;
    keys = Keys.of(reference.list());
    failures = new Failures(reference);
    commands = new Commands(connections, failures);
    pages = new Pages(keys, commands);
    watcher =
        reference.watched() ? new ChangeWatcher(connections, keys.channel(), QUIET_MILLIS) : null;
  }

  @Override
  public List<Entry> find(List<String> patterns) throws StoreException {
    if (watcher != null) {
      // Not before: where a function's memory is kept in a snapshot, connections are lost.
      watcher.start();
    }
    Found found = look(patterns);
    if (found.unreadable.isEmpty() || found.counts(clock.instant())) {
      return found.entries;
    }
    throw unreadable(found);
  }

  private StoreException unreadable(Found found) {
    return failures.corrupt(
        "list \"" + keys.set() + "\": the end of " + found.unreadable.get(0) + " is no time.",
        "Add the entry again, or remove it with ZREM " + keys.expires());
  }

  /** Entries, and those of the patterns whose end cannot be read. */
  private record Found(List<Entry> entries, List<String> unreadable) {
    boolean counts(Instant now) {
      return entries.stream().anyMatch(entry -> !entry.isExpired(now));
    }
  }

  private Found look(List<String> patterns) throws StoreException {
    String asked = patterns.size() + " entries of the list \"" + keys.set() + "\"";
    List<Object> replies =
        commands.ask(
            asked,
            List.of(
                command(Command.ZMSCORE, keys.expires()).addObjects(patterns),
                command(Command.SMISMEMBER, keys.set()).addObjects(patterns)));
    // An entry is in one of the two. Where it is in both, it has an end: so nothing that is in the
    // set counts if the ends cannot be read.
    List<?> scores = (List<?>) commands.responded(asked, replies.get(0));
    Found found = new Found(new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < patterns.size(); i++) {
      if (scores.get(i) != null) {
        OptionalLong second = Score.second((byte[]) scores.get(i));
        if (second.isPresent()) {
          Instant expires = Instant.ofEpochSecond(second.getAsLong());
          found.entries.add(new Entry(patterns.get(i), expires));
        } else {
          found.unreadable.add(patterns.get(i));
        }
      }
    }
    if (replies.get(1) instanceof JedisException && found.counts(clock.instant())) {
      return found;
    }
    List<?> members = (List<?>) commands.responded(asked, replies.get(1));
    for (int i = 0; i < patterns.size(); i++) {
      if (scores.get(i) == null && members.get(i).equals(1L)) {
        found.entries.add(new Entry(patterns.get(i), null));
      }
    }
    return found;
  }

  @Override
  public void add(List<Entry> entries) throws StoreException {
    Map<String, Entry> last = new LinkedHashMap<>();
    entries.forEach(entry -> last.put(entry.pattern(), entry));
    for (List<Entry> batch : batches(List.copyOf(last.values()))) {
      CommandArguments intoExpires = command(Command.ZADD, keys.expires());
      CommandArguments intoSet = command(Command.SADD, keys.set());
      List<String> expiring = new ArrayList<>();
      List<String> lasting = new ArrayList<>();
      for (Entry entry : batch) {
        if (Score.isNever(entry.expires())) {
          lasting.add(entry.pattern());
          intoSet.add(entry.pattern());
        } else {
          expiring.add(entry.pattern());
          intoExpires.add(Long.toString(Score.of(entry.expires()))).add(entry.pattern());
        }
      }
      List<CommandArguments> changes = new ArrayList<>();
      if (!expiring.isEmpty()) {
        changes.add(intoExpires);
        changes.add(command(Command.SREM, keys.set()).addObjects(expiring));
      }
      if (!lasting.isEmpty()) {
        changes.add(intoSet);
        changes.add(command(Command.ZREM, keys.expires()).addObjects(lasting));
      }
      change("taking " + batch.size() + " entries", changes);
    }
  }

  @Override
  public void remove(List<String> patterns) throws StoreException {
    for (List<String> batch : batches(patterns)) {
      change(
          "removing " + batch.size() + " entries",
          List.of(
              command(Command.SREM, keys.set()).addObjects(batch),
              command(Command.ZREM, keys.expires()).addObjects(batch)));
    }
  }

  /** Makes changes and tells of them, both or neither. */
  private void change(String what, List<CommandArguments> changes) throws StoreException {
    List<CommandArguments> all = new ArrayList<>(changes);
    all.add(command(Command.PUBLISH, keys.channel()).add(""));
    commands.atOnce(what + " in the list \"" + keys.set() + "\"", all);
  }

  @Override
  public Page list(String after, int limit) throws StoreException {
    Pages.Names page = pages.page(after, Math.min(limit, MAX_PAGE));
    if (page.names().isEmpty()) {
      return new Page(List.of(), null);
    }
    // Asked anew, because the names are those of a copy: what was removed since is left out.
    Found found = look(page.names());
    if (!found.unreadable.isEmpty()) {
      throw unreadable(found);
    }
    return new Page(found.entries, page.next());
  }

  @Override
  public void watch(Runnable changed) {
    if (watcher != null) {
      watcher.add(changed);
    }
  }

  @Override
  public void close() {
    if (watcher != null) {
      watcher.close();
    }
    commands.close();
  }

  private static <T> List<List<T>> batches(List<T> all) {
    List<List<T>> batches = new ArrayList<>();
    for (int from = 0; from < all.size(); from += BATCH) {
      batches.add(all.subList(from, Math.min(from + BATCH, all.size())));
    }
    return batches;
  }
}
