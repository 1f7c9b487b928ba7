package dev.corsage.store.redis;

import static dev.corsage.store.redis.Commands.command;

import dev.corsage.store.StoreException;
import dev.corsage.store.StoreException.Kind;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.util.SafeEncoder;

/**
 * The names of a list's entries, page after page.
 *
 * <p>A set has no order to continue in, and SSCAN returns duplicates while the set grows. So the
 * first page copies all names, in the order of their bytes, into a sorted set of its own, which
 * expires a minute after each page. When it is gone it is made again, and paging continues after
 * the same name. The copy is made in small steps: in one (ZUNIONSTORE), a million names would block
 * the server for seconds.
 *
 * <p>Safe for use by many threads.
 */
final class NamePages {
  private static final int SECONDS = 60;
  private static final int STEP = 1_000;

  /**
   * Enough for 10 million names. A scan that never ends would otherwise be continued for ever; how
   * many steps it takes depends on the server's hash table, not only on the names.
   */
  private static final int MAX_STEPS = 10_000;

  private static final int TOKEN_BYTES = 8;
  private static final int TOKEN_LENGTH = 2 * TOKEN_BYTES;

  private final Keys keys;
  private final Commands commands;
  private final String asked;
  private final SecureRandom random = new SecureRandom();

  /**
   * Some names.
   *
   * @param next what the next page continues after; null if there is none
   */
  record Names(List<String> names, String next) {}

  NamePages(Keys keys, Commands commands) {
    this.keys = keys;
    this.commands = commands;
    asked = "listing all entries of the list \"" + keys.set() + "\"";
  }

  /** Returns the page after a {@link Names#next()}, or the first if that is null. */
  Names page(String after, int size) throws StoreException {
    String token = after == null ? copy() : after.substring(0, TOKEN_LENGTH);
    String last = after == null ? null : after.substring(TOKEN_LENGTH);
    List<?> replies = names(token, last, size);
    if (after != null && !Long.valueOf(1).equals(replies.get(0))) {
      token = copy();
      replies = names(token, last, size);
    }
    List<String> names = new ArrayList<>();
    for (Object name : commands.list(asked, replies.get(1))) {
      names.add(SafeEncoder.encode(commands.bytes(asked, name)));
    }
    if (names.size() == size) {
      if (names.get(size - 1).equals(last)) {
        throw endless("ZRANGE returned a page again");
      }
      return new Names(names, token + names.get(size - 1));
    }
    commands.send(asked, List.of(command(Command.UNLINK, keys.sorted(token))));
    return new Names(names, null);
  }

  private List<?> names(String token, String last, int size) throws StoreException {
    CommandArguments range =
        command(Command.ZRANGE, keys.sorted(token))
            .add(last == null ? "-" : "(" + last)
            .add("+")
            .add("BYLEX")
            .add("LIMIT")
            .add(0)
            .add(size);
    return commands.atOnce(asked, List.of(keep(token), range));
  }

  private CommandArguments keep(String token) {
    return command(Command.EXPIRE, keys.sorted(token)).add(SECONDS);
  }

  private String copy() throws StoreException {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    String token = HexFormat.of().formatHex(bytes);
    // Twice, because an entry moves to the other key when its expiry is set or removed meanwhile.
    copyExpiring(token);
    copy(Command.SSCAN, keys.set(), 1, token);
    copyExpiring(token);
    return token;
  }

  private void copyExpiring(String token) throws StoreException {
    // Every other element is a score.
    copy(Command.ZSCAN, keys.expires(), 2, token);
  }

  /** Copies what a scan returns; duplicates are written once. */
  private void copy(Command scan, String key, int stride, String token) throws StoreException {
    List<?> scanned = scan(List.of(), scan, key, "0");
    String before = "0";
    for (int steps = 1; steps < MAX_STEPS; steps++) {
      String cursor = SafeEncoder.encode(commands.bytes(asked, scanned.get(0)));
      List<CommandArguments> step = add(commands.list(asked, scanned.get(1)), stride, token);
      if (cursor.equals("0")) {
        send(step);
        return;
      }
      if (cursor.equals(before)) {
        throw endless(scan + " returned the cursor that it was sent");
      }
      before = cursor;
      scanned = scan(step, scan, key, cursor);
    }
    throw endless(scan + " did not end after " + MAX_STEPS + " steps of " + STEP + " names");
  }

  private StoreException endless(String what) {
    return commands
        .errors()
        .failures()
        .of(
            Kind.CORRUPT,
            asked,
            "the server's " + what,
            "Check that it is Redis 6.2 or later, or Valkey, and what proxy is in front of it",
            null);
  }

  private List<CommandArguments> add(List<?> elements, int stride, String token)
      throws StoreException {
    if (elements.isEmpty()) {
      return List.of();
    }
    CommandArguments add = command(Command.ZADD, keys.sorted(token));
    for (int i = 0; i < elements.size(); i += stride) {
      // Members with equal scores are in the order of their bytes.
      add.add(0).add(commands.bytes(asked, elements.get(i)));
    }
    return List.of(add, keep(token));
  }

  /** Sends these commands and the next step of a scan, in one round trip. */
  private List<?> scan(List<CommandArguments> before, Command scan, String key, String cursor)
      throws StoreException {
    List<CommandArguments> all = new ArrayList<>(before);
    all.add(command(scan, key).add(cursor).add("COUNT").add(STEP));
    List<Object> replies = send(all);
    return commands.list(asked, replies.get(replies.size() - 1), 2);
  }

  private List<Object> send(List<CommandArguments> all) throws StoreException {
    List<Object> replies = all.isEmpty() ? List.of() : commands.send(asked, all);
    for (Object reply : replies) {
      commands.checked(asked, reply);
    }
    return replies;
  }
}
