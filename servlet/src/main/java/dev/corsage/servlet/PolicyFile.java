package dev.corsage.servlet;

import dev.corsage.store.PolicySource;
import dev.corsage.store.StoreException;
import dev.corsage.store.StoreException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A policy document in a file. Its content is compared, not its time: Kubernetes changes mounted
 * files by replacing links to them.
 */
final class PolicyFile implements PolicySource {
  /** The limit of {@link PolicySource}. */
  private static final int MAX_BYTES = 1 << 20;

  private final Path path;
  private String known;
  private boolean closed;

  PolicyFile(Path path) {
    this.path = path;
  }

  @Override
  public synchronized Optional<String> read() throws StoreException {
    if (closed) {
      throw new IllegalStateException("The policy source is closed.");
    }
    String text = decode(bytes());
    boolean changed = !text.equals(known);
    known = text;
    return changed ? Optional.of(text) : Optional.empty();
  }

  private byte[] bytes() throws StoreException {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw failure(Kind.CORRUPT, "it is longer than 1 MiB", "Write less", null);
      }
      return bytes;
    } catch (NoSuchFileException missing) {
      throw failure(Kind.NOT_FOUND, "it does not exist", "Correct the path", missing);
    } catch (AccessDeniedException denied) {
      throw failure(Kind.ACCESS_DENIED, "access is denied", "Give the permission", denied);
    } catch (IOException failed) {
      String why = failed.getClass().getSimpleName();
      throw failure(Kind.UNAVAILABLE, why, "Check that it is a file", failed);
    }
  }

  private String decode(byte[] bytes) throws StoreException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (!text.isBlank()) {
        return text;
      }
    } catch (CharacterCodingException notText) {
      throw failure(
          Kind.CORRUPT, "it is not UTF-8 text", "Write a policy document (JSON)", notText);
    }
    throw failure(Kind.CORRUPT, "it is empty", "Write a policy document (JSON)", null);
  }

  private StoreException failure(Kind kind, String why, String remedy, Exception cause) {
    return new StoreException(
        kind, "The file " + path + ": reading it failed: " + why + ". " + remedy + ".", cause);
  }

  @Override
  public synchronized void close() {
    closed = true;
  }
}
