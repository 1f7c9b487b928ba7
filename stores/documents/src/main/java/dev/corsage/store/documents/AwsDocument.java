package dev.corsage.store.documents;

import dev.corsage.store.PolicySource;
import dev.corsage.store.StoreException;
import dev.corsage.store.StoreException.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import software.amazon.awssdk.core.SdkClient;

/**
 * A policy document that a service of AWS keeps.
 *
 * <p>One thread reads at a time, because each reading goes on from the one before.
 *
 * @param <C> the client of the service
 */
abstract class AwsDocument<C extends SdkClient> implements PolicySource {
  private final Failures failures;
  private C client;
  private boolean closed;

  /** The document that was returned last, or null. */
  private String known;

  AwsDocument(Failures failures) {
    this.failures = failures;
  }

  /** Makes the client; called once, by the first who reads. */
  abstract C connect();

  /** Returns the document's bytes, or null if they are as they were. */
  abstract byte[] fetch(C from) throws StoreException;

  /** Forgets how far it has read, so that the whole document comes with the next reading. */
  abstract void startAnew();

  final Failures failures() {
    return failures;
  }

  final boolean isKnown() {
    return known != null;
  }

  @Override
  public final synchronized Optional<String> read() throws StoreException {
    if (closed) {
      throw new IllegalStateException("The source is closed");
    }
    try {
      if (client == null) {
        client = connect();
      }
      byte[] bytes = fetch(client);
      // AppConfig may send what is known already: at the beginning of each session.
      String text = bytes == null ? known : decode(bytes);
      boolean changed = !text.equals(known);
      known = text;
      return changed ? Optional.of(text) : Optional.empty();
    } catch (StoreException failed) {
      // Otherwise the next reading would say that nothing has changed since.
      startAnew();
      throw failed;
    } catch (RuntimeException failed) {
      throw failures.of(failed);
    }
  }

  private String decode(byte[] bytes) throws StoreException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (!text.isBlank()) {
        return text;
      }
    } catch (CharacterCodingException notText) {
      throw failures.of(Kind.CORRUPT, "is no UTF-8 text", "Write a policy document (JSON) there.");
    }
    throw failures.of(Kind.CORRUPT, "is empty", "Write a policy document (JSON) there.");
  }

  @Override
  public final synchronized void close() {
    closed = true;
    if (client != null) {
      client.close();
    }
  }
}
