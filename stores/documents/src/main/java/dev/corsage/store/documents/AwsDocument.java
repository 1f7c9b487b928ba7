package dev.corsage.store.documents;

import dev.corsage.store.PolicySource;
import dev.corsage.store.StoreException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import software.amazon.awssdk.core.SdkClient;

/**
 * A policy document in a service of AWS.
 *
 * <p>One thread reads at a time, because each call continues from the one before.
 *
 * @param <C> the client of the service
 */
abstract class AwsDocument<C extends SdkClient> implements PolicySource {
  private final DocumentErrors errors;
  private C client;
  private boolean closed;

  /** The document that was returned last, or null. */
  private String known;

  AwsDocument(DocumentErrors errors) {
    this.errors = errors;
  }

  /** Creates the client; called once, by the first read. */
  abstract C connect();

  /** Returns the document's bytes, or null if they have not changed. */
  abstract byte[] fetch(C from) throws StoreException;

  /** Makes the next call fetch the whole document. */
  abstract void startAnew();

  final DocumentErrors errors() {
    return errors;
  }

  final boolean isKnown() {
    return known != null;
  }

  @Override
  public final synchronized Optional<String> read() throws StoreException {
    if (closed) {
      throw new IllegalStateException("The policy source is closed.");
    }
    try {
      if (client == null) {
        client = connect();
      }
      byte[] bytes = fetch(client);
      // AppConfig sends it again at the beginning of each session.
      String text = bytes == null ? known : decode(bytes);
      boolean changed = !text.equals(known);
      known = text;
      return changed ? Optional.of(text) : Optional.empty();
    } catch (StoreException failed) {
      // Otherwise the next call would report that nothing has changed.
      startAnew();
      throw failed;
    } catch (RuntimeException failed) {
      throw errors.of(failed);
    }
  }

  private String decode(byte[] bytes) throws StoreException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (!text.isBlank()) {
        return text;
      }
    } catch (CharacterCodingException notText) {
      throw errors.corrupt("it is not UTF-8 text", "Write a policy document (JSON) there");
    }
    throw errors.corrupt("it is empty", "Write a policy document (JSON) there");
  }

  @Override
  public final synchronized void close() {
    closed = true;
    if (client != null) {
      client.close();
    }
  }
}
