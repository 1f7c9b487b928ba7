package dev.corsage.store.redis;

import static dev.corsage.store.redis.Commands.command;

import dev.corsage.store.Expiry;
import dev.corsage.store.StoreException;
import dev.corsage.store.StoreFailures;
import dev.corsage.store.StoredAllowList;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.util.SafeEncoder;

/** A list in {@link Keys two keys of a server}, both read in one round trip. */
final class RedisAllowList extends StoredAllowList {
  /** How many entries are written at once: the server does nothing else meanwhile. */
  private static final int BATCH = 500;

  private static final int MAX_PAGE = 1_000;

  private final Keys keys;
  private final Commands commands;
  private final NamePages pages;

  RedisAllowList(RedisTarget target, Connections connections, Clock clock) {
    super(new StoreFailures(target.toString(), target.password()), BATCH, clock);
    keys = Keys.of(target.list());
    commands = new Commands(connections, new RedisErrors(failures(), target.tls()));
    pages = new NamePages(keys, commands);
  }

  @Override
  protected Found read(List<String> patterns) throws StoreException {
    String asked = "reading " + patterns.size() + " entries" + ofTheList();
    List<Object> replies =
        commands.send(
            asked,
            List.of(
                command(Command.ZMSCORE, keys.expires()).addObjects(patterns),
                command(Command.SMISMEMBER, keys.set()).addObjects(patterns)));
    // An entry that is in both keys expires: without the scores, nothing in the set counts.
    List<?> scores = commands.list(asked, replies.get(0), patterns.size());
    List<?> members = null;
    StoreException rest = null;
    if (replies.get(1) instanceof JedisDataException e) {
      rest = commands.failure(asked, e);
    } else {
      members = commands.list(asked, replies.get(1), patterns.size());
    }
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < patterns.size(); i++) {
      if (scores.get(i) != null) {
        String score = SafeEncoder.encode(commands.bytes(asked, scores.get(i)));
        Optional<Instant> expires = Expiry.ofStored(score);
        if (expires.isPresent()) {
          entries.add(new Entry(patterns.get(i), expires.get()));
        } else {
          rest = failures().corruptEntry(asked, patterns.get(i), score);
        }
      } else if (members != null && Long.valueOf(1).equals(members.get(i))) {
        entries.add(new Entry(patterns.get(i), null));
      }
    }
    return new Found(entries, rest);
  }

  @Override
  protected List<Entry> write(List<Entry> batch) throws StoreException {
    CommandArguments intoExpires = command(Command.ZADD, keys.expires());
    CommandArguments intoSet = command(Command.SADD, keys.set());
    List<String> expiring = new ArrayList<>();
    List<String> lasting = new ArrayList<>();
    for (Entry entry : batch) {
      if (entry.expires() == null) {
        lasting.add(entry.pattern());
        intoSet.add(entry.pattern());
      } else {
        expiring.add(entry.pattern());
        intoExpires.add(Expiry.stored(entry.expires())).add(entry.pattern());
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
    commands.atOnce("adding " + batch.size() + " entries" + ofTheList(), changes);
    return List.of();
  }

  @Override
  protected List<String> delete(List<String> batch) throws StoreException {
    commands.atOnce(
        "removing " + batch.size() + " entries" + ofTheList(),
        List.of(
            command(Command.SREM, keys.set()).addObjects(batch),
            command(Command.ZREM, keys.expires()).addObjects(batch)));
    return List.of();
  }

  @Override
  protected Page page(String after, int limit) throws StoreException {
    NamePages.Names page = pages.page(after, Math.min(limit, MAX_PAGE));
    if (page.names().isEmpty()) {
      return new Page(List.of(), null);
    }
    // The names are a copy: those that were removed since are left out.
    Found found = read(page.names());
    if (found.rest() != null) {
      throw found.rest();
    }
    return new Page(found.entries(), page.next());
  }

  private String ofTheList() {
    return " of the list \"" + keys.set() + "\"";
  }

  @Override
  protected void disconnect() {
    commands.close();
  }
}
